"""What concerns the project as a whole: its layers, its translations, and the tour of its pages."""
