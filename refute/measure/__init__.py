"""Measure: intervals, boxes, laws."""
