//! A line that can be cut, muted or broken in the middle of a message.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};
use tokio::sync::watch;

/// What the line does with what it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Everything passes.
    #[default]
    Open,
    /// Nothing passes; both ends wait.
    Mute,
    /// A connection breaks after so many more bytes towards the house.
    BreakUp(usize),
    /// A connection breaks after so many more bytes of the house's answers.
    BreakDown(usize),
}

/// Where the line ends.
enum End {
    Tcp(String),
    Unix(PathBuf),
}

/// The line.
pub struct Proxy {
    shared: Arc<Shared>,
}

struct Shared {
    to: End,
    mode: Mutex<Mode>,
    cuts: watch::Sender<u32>,
    broken: AtomicUsize,
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

impl Proxy {
    /// A line over TCP to `to`, and the address of its beginning.
    pub async fn tcp(to: &str) -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let proxy = Self::new(End::Tcp(to.to_owned()));
        let shared = Arc::clone(&proxy.shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Arc::clone(&shared).carry(Box::new(stream)));
            }
        });
        (proxy, address)
    }

    /// A line from one Unix socket to another.
    pub fn unix(from: &Path, to: &Path) -> Self {
        let listener = UnixListener::bind(from).expect("a socket");
        let proxy = Self::new(End::Unix(to.to_owned()));
        let shared = Arc::clone(&proxy.shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Arc::clone(&shared).carry(Box::new(stream)));
            }
        });
        proxy
    }

    fn new(to: End) -> Self {
        let shared = Shared {
            to,
            mode: Mutex::default(),
            cuts: watch::Sender::new(0),
            broken: AtomicUsize::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Changes what it does, for what is open and what comes.
    pub fn set(&self, mode: Mode) {
        *self.shared.mode.lock().expect("a mode") = mode;
    }

    /// Cuts every connection now.
    pub fn cut(&self) {
        self.shared.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// How many connections it broke.
    pub fn broken(&self) -> usize {
        self.shared.broken.load(Ordering::Relaxed)
    }
}

impl Shared {
    fn mode(&self) -> Mode {
        *self.mode.lock().expect("a mode")
    }

    async fn carry(self: Arc<Self>, near: Box<dyn Stream>) {
        let mut cut = self.cuts.subscribe();
        let far: Option<Box<dyn Stream>> = match &self.to {
            End::Tcp(address) => TcpStream::connect(address).await.ok().map(|it| Box::new(it) as _),
            End::Unix(path) => UnixStream::connect(path).await.ok().map(|it| Box::new(it) as _),
        };
        let Some(far) = far else { return };
        let (near_reads, near_writes) = tokio::io::split(near);
        let (far_reads, far_writes) = tokio::io::split(far);
        // Whichever way ends first takes the other with it, as a broken cable does.
        let is_broken = tokio::select! {
            is_broken = self.pump(near_reads, far_writes, true) => is_broken,
            is_broken = self.pump(far_reads, near_writes, false) => is_broken,
            _ = cut.changed() => true,
        };
        if is_broken {
            self.broken.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Carries one way; true when the line broke, false when an end closed it.
    async fn pump(
        &self,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
        is_up: bool,
    ) -> bool {
        let mut buffer = vec![0; 16 * 1024];
        let mut since = None;
        loop {
            let Ok(count @ 1..) = from.read(&mut buffer).await else { return false };
            let mut mode = self.mode();
            while mode == Mode::Mute {
                tokio::time::sleep(Duration::from_millis(5)).await;
                mode = self.mode();
            }
            let limit = match mode {
                Mode::BreakUp(limit) if is_up => Some(limit),
                Mode::BreakDown(limit) if !is_up => Some(limit),
                _ => None,
            };
            let passing = if let Some(limit) = limit {
                let carried = since.get_or_insert(0);
                let rest = limit.saturating_sub(*carried);
                *carried += count;
                rest.min(count)
            } else {
                since = None;
                count
            };
            if to.write_all(&buffer[..passing]).await.is_err() {
                return false;
            }
            if passing < count {
                let _flushed = to.flush().await;
                return true;
            }
        }
    }
}
