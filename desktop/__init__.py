"""The program that people use: one service, two faces."""
