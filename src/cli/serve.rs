//! `touchstone serve`: database, migrations, router, work in the background, an orderly end.

use std::time::Duration;

use leptos::config::LeptosOptions;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::Outcome;
use crate::config::Config;
use crate::http::{AppState, router};
use crate::service::Ctx;
use crate::store::{self, pool::Pools};

/// How `serve` starts.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Fill an empty database with clearly marked demo data and print the demo logins
    #[arg(long, env = "TOUCHSTONE_DEMO")]
    demo: bool,
}

/// How long running requests may take after the signal to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Serves until a signal asks to stop.
pub async fn run(mut config: Config, options: Options) -> Outcome {
    config.is_demo = config.is_demo || options.demo;
    crate::text::speak(config.locale);
    let url = config.database_url.clone().ok_or("DATABASE_URL names no database")?;
    let kind = if config.is_demo { store::Kind::Demo } else { store::Kind::Live };
    store::migrate(&url, kind).await?;
    let leptos = LeptosOptions::builder()
        .output_name("touchstone")
        .site_root(config.site_root.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(config.listen)
        .build();
    let listener = TcpListener::bind(config.listen).await?;
    let ctx = Ctx::open(config, Pools::connect(&url).await?)?;
    let (router, _doors) = router(AppState { ctx: ctx.clone(), leptos });
    tracing::info!(address = %ctx.config.public_url, "ready");

    let (stop, mut stopped) = tokio::sync::watch::channel(false);
    let server =
        axum::serve(listener, router.into_make_service_with_connect_info::<std::net::SocketAddr>())
            .with_graceful_shutdown(async move {
                let _closed = stopped.wait_for(|stop| *stop).await;
            });
    let mut server = tokio::spawn(server.into_future());
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        ended = &mut server => return Ok(ended??),
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
    stop.send_replace(true);
    if tokio::time::timeout(DRAIN, server).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
    ctx.pools.close().await;
    Ok(())
}
