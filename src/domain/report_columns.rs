//! The fixed columns of the files, one list each; what they promise stands in `report`.

/// A fixed column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub name: &'static str,
    /// Filled only with the permission to see accommodations.
    pub is_private: bool,
}

const fn open(name: &'static str) -> Column {
    Column { name, is_private: false }
}

const fn private(name: &'static str) -> Column {
    Column { name, is_private: true }
}

/// One row per person; `skill_<slug>_points`, `_max` and `_percent` of every skill follow.
pub const RESULTS: &[Column] = &[
    open("schema_version"),
    open("attempt_id"),
    open("candidate_id"),
    open("external_id"),
    open("last_name"),
    open("first_name"),
    open("email"),
    open("organisation"),
    open("assessment_id"),
    open("assessment_title"),
    open("assessment_version"),
    open("invited_at_utc"),
    private("started_at_utc"),
    open("submitted_at_utc"),
    open("finalised_by"),
    open("timezone"),
    private("started_at_local"),
    open("submitted_at_local"),
    open("status"),
    open("stage"),
    open("score_points"),
    open("max_points"),
    open("score_percent"),
    open("score_low"),
    open("score_high"),
    open("cut_percent"),
    open("cut_met"),
    open("rank_shared"),
    open("percentile"),
    open("percentile_n"),
    open("time_share_percent"),
    private("outage_credit_seconds"),
    open("questions_total"),
    open("questions_answered"),
    open("review_state"),
    open("reviewers"),
    open("decision"),
    open("decision_by"),
    open("decision_at_utc"),
    open("event_count"),
    open("ai_policy"),
    open("ai_statement"),
    open("tags"),
    open("report_url"),
    open("receipt_hash"),
    open("invitation_id"),
    open("result_revision"),
    open("late_answers"),
    private("time_factor_percent"),
    private("is_untimed"),
    private("limit_seconds"),
    private("extra_seconds"),
    private("used_seconds"),
];

/// One row per attempt and skill.
pub const SKILLS: &[Column] = &[
    open("schema_version"),
    open("attempt_id"),
    open("candidate_id"),
    open("external_id"),
    open("last_name"),
    open("first_name"),
    open("email"),
    open("assessment_id"),
    open("assessment_title"),
    open("assessment_version"),
    open("status"),
    open("submitted_at_utc"),
    open("area"),
    open("skill"),
    open("skill_name"),
    open("questions_total"),
    open("questions_answered"),
    open("points"),
    open("max_points"),
    open("percent"),
];

/// One row per attempt and item.
pub const ANSWERS: &[Column] = &[
    open("schema_version"),
    open("attempt_id"),
    open("candidate_id"),
    open("external_id"),
    open("last_name"),
    open("first_name"),
    open("email"),
    open("assessment_id"),
    open("assessment_title"),
    open("assessment_version"),
    open("status"),
    open("submitted_at_utc"),
    open("position"),
    open("section"),
    open("section_title"),
    open("item"),
    open("item_revision"),
    open("kind"),
    open("skill"),
    open("level"),
    open("is_pilot"),
    open("is_provisional"),
    open("response"),
    open("response_state"),
    open("changes"),
    open("is_late"),
    open("points"),
    open("max_points"),
    open("percent"),
    private("answered_at_utc"),
];
