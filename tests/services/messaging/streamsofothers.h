// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Streams as clients other than this program make them. Apart from the tests: moc gets lost in such strings.
namespace StreamsOfOthers {

/// What an independent client asks for: as many of the fields as go together.
inline constexpr auto everything = R"({"name":"every","description":"with all of it","subjects":["every.>"],
"retention":"limits","storage":"file","num_replicas":1,"max_age":5400000000001,"max_msgs":100000,
"max_bytes":123456789,"max_msg_size":54321,"max_msgs_per_subject":77,"max_consumers":9,"discard":"new",
"discard_new_per_subject":true,"duplicate_window":61000000007,"compression":"s2","allow_direct":true,
"deny_delete":true,"allow_rollup_hdrs":true,"allow_msg_ttl":true,"subject_delete_marker_ttl":2000000000,
"allow_atomic":true,"allow_batched":true,"first_seq":42,
"republish":{"src":"every.a.>","dest":"copy.a.>","headers_only":true},
"subject_transform":{"src":"every.in.*","dest":"every.out.{{wildcard(1)}}"},
"consumer_limits":{"inactive_threshold":7000000000,"max_ack_pending":33},
"placement":{"tags":[]},
"metadata":{"team":"orders","_odd key":"Ünïcode \"quoted\"","pennant.app/linked-app":"shop"}})";
/// And of those that don't.
inline constexpr auto gathering =
    R"({"name":"gathers","subjects":["gathers.in"],"storage":"memory","retention":"interest",
"no_ack":true,"sources":[{"name":"every","filter_subject":"every.b.>","opt_start_seq":3},
{"name":"elsewhere","external":{"api":"$JS.other.API","deliver":"deliver.other"}}],"num_replicas":1})";
inline constexpr auto mirroring =
    R"({"name":"mirrors","mirror":{"name":"every","opt_start_time":"2026-01-01T00:00:00.000000001Z"},
"mirror_direct":true,"deny_purge":true,"num_replicas":1})";

/// A bucket as the clients' KV API makes it (ADR-8).
inline constexpr auto bucket = R"({"name":"KV_state","subjects":["$KV.state.>"],"retention":"limits",
"max_msgs_per_subject":5,"discard":"new","allow_rollup_hdrs":true,"deny_delete":true,"allow_direct":true,
"storage":"file","num_replicas":1,"max_age":0,"max_bytes":-1,"max_msgs":-1,"max_consumers":-1})";

/// What is set here, and read back by an independent client: a field each, or what goes together.
struct Made {
    const char *tag;
    const char *fields;
};
inline constexpr Made made[]{
    {"mirror", R"({"mirror":{"name":"every","opt_start_seq":3,"filter_subject":"every.b.>"}})"},
    {"mirror of a domain",
        R"({"mirror":{"name":"far","opt_start_time":"2026-01-01T00:00:00Z","external":{"api":"$JS.far.API"}}})"},
    {"sources", R"({"subjects":["own"],"sources":[{"name":"every","filter_subject":"every.b.>"},{"name":"far",
"subject_transforms":[{"src":"a.*","dest":"own.$1"}],"external":{"api":"$JS.far.API","deliver":"d"}}]})"},
    {"republish", R"({"subjects":["re.>"],"republish":{"src":"re.a.>","dest":"copied.a.>","headers_only":true}})"},
    {"subject_transform", R"({"subjects":["st.>"],"subject_transform":{"src":"st.*","dest":"tt.{{wildcard(1)}}"}})"},
    {"consumer_limits",
        R"({"subjects":["cl"],"consumer_limits":{"inactive_threshold":7000000000,"max_ack_pending":33}})"},
    {"mirror_direct", R"({"mirror":{"name":"nobody"},"mirror_direct":true})"},
    {"subject_delete_marker_ttl", R"({"subjects":["dm"],"subject_delete_marker_ttl":2000000000})"},
    {"allow_msg_counter", R"({"subjects":["cn"],"allow_msg_counter":true})"},
    {"allow_atomic", R"({"subjects":["at"],"allow_atomic":true})"},
    {"allow_msg_schedules", R"({"subjects":["sc"],"allow_msg_schedules":true})"},
    {"persist_mode", R"({"subjects":["pm"],"persist_mode":"async"})"},
    {"allow_batched", R"({"subjects":["ba"],"allow_batched":true})"},
    {"metadata", R"({"subjects":["me"],"metadata":{"team":"a","pennant.app/linked-app":"shop/checkout"}})"},
};

} // namespace StreamsOfOthers
