"""Workbooks (.xlsx) that go to departments and come back; the one door to openpyxl."""
