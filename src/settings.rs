//! What the program will do.
