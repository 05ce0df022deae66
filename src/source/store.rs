//! Bytes that lie somewhere and are read piece by piece.

use std::io;

/// Where the bytes of a file lie. Whoever opens files implements it; nothing here does.
pub trait Store: Sync {
    /// Number of bytes.
    fn length(&self) -> u64;

    /// Fills all of `into` with the bytes from `at` on.
    ///
    /// # Errors
    /// The bytes cannot be read, or there are fewer.
    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<()>;
}

impl Store for &[u8] {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
        let start = usize::try_from(at).unwrap_or(usize::MAX);
        let piece = self.get(start..).and_then(|rest| rest.get(..into.len()));
        into.copy_from_slice(piece.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}
