"""Models and their cards; nothing here runs with the program but the ONNX files."""
