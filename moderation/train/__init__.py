"""Data to model to ONNX, and evaluation."""
