//! Words and numbers that the pages of results share.

use crate::domain::result::{POINT, Standing};
use crate::domain::skill::Cluster;
use crate::service::result::{Order, Status};
use crate::t;

/// Points with at most one decimal, rounded down: `213333` is `21.3`.
pub fn points(number: i64) -> String {
    let (whole, tenth) = (number / POINT, number % POINT / (POINT / 10));
    if tenth == 0 { whole.to_string() } else { format!("{whole}.{tenth}") }
}

/// The words of a status.
pub fn status(status: Status) -> String {
    match status {
        Status::Invited => t!("result-status-invited"),
        Status::Opened => t!("result-status-opened"),
        Status::Started => t!("result-status-started"),
        Status::Submitted => t!("result-status-submitted"),
        Status::Expired => t!("result-status-expired"),
        Status::Declined => t!("result-status-declined"),
        Status::Withdrawn => t!("result-status-withdrawn"),
        Status::Voided => t!("result-status-voided"),
    }
}

/// The words of an order.
pub fn order(order: Order) -> String {
    match order {
        Order::Rank => t!("result-rank"),
        Order::Name => t!("result-candidate"),
        Order::Score => t!("result-score"),
        Order::Submitted => t!("result-submitted"),
    }
}

/// On which side of the cut a range lies. No verdict about people.
pub fn standing(standing: Standing) -> String {
    match standing {
        Standing::Met => t!("result-cut-met"),
        Standing::Around => t!("result-cut-around"),
        Standing::Below => t!("result-cut-below"),
    }
}

/// The words of a cluster.
pub fn cluster(cluster: Cluster) -> String {
    match cluster {
        Cluster::DataAndSpeed => t!("result-cluster-data"),
        Cluster::Build => t!("result-cluster-build"),
        Cluster::ProtectAndRun => t!("result-cluster-protect"),
        Cluster::WorkWithOthers => t!("result-cluster-work"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn points_are_written_without_floats() {
        assert_eq!(super::points(213_333), "21.3");
        assert_eq!(super::points(280_000), "28");
        assert_eq!(super::points(9_999), "0.9");
    }
}
