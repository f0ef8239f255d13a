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

} // namespace StreamsOfOthers
