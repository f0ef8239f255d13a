// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Streams as servers tell of them. Apart from the tests: moc gets lost in such strings.
namespace StreamDocuments {

inline constexpr auto everything = R"({"name":"orders","description":"with all of it","subjects":["orders.>"],
"retention":"limits","storage":"file","num_replicas":1,"max_age":0,"max_msgs":-1,"max_bytes":-1,"max_msg_size":-1,
"max_msgs_per_subject":-1,"max_consumers":-1,"discard":"old","duplicate_window":120000000000,"compression":"s2",
"allow_direct":true,"mirror_direct":false,"sealed":false,"deny_delete":false,"deny_purge":false,
"allow_rollup_hdrs":true,"allow_msg_ttl":true,"subject_delete_marker_ttl":2000000000,"allow_atomic":true,
"allow_batched":true,"persist_mode":"default",
"republish":{"src":"orders.a.>","dest":"copy.a.>","headers_only":true},
"subject_transform":{"src":"orders.in.*","dest":"orders.out.{{wildcard(1)}}"},
"consumer_limits":{"inactive_threshold":7000000000,"max_ack_pending":33},
"placement":{"cluster":"east","tags":["ssd"],"preferred":"nats-7"},
"sources":[{"name":"every","filter_subject":"every.b.>","opt_start_time":"2026-01-01T00:00:00.000000001Z",
"of_tomorrow":7},{"name":"elsewhere","external":{"api":"$JS.other.API","deliver":"deliver.other","more":[1]},
"opt_start_seq":9007199254740993,"subject_transforms":[{"src":"e.*","dest":"orders.e.$1","of_tomorrow":true}],
"consumer":{"name":"c","deliver_subject":"d"}}],
"metadata":{"team":"orders","pennant.app/linked-app":"shop","_nats.ver":"2.14.9","_nats.level":"4"},
"of_tomorrow":{"a":9007199254740993}})";

inline constexpr auto mirroring = R"({"name":"orders","retention":"limits","storage":"file","num_replicas":1,
"mirror":{"name":"every","opt_start_time":"2026-01-01T00:00:00.000000001Z","external":{"api":"$JS.hub.API",
"deliver":""},"of_tomorrow":1},"mirror_direct":true})";

} // namespace StreamDocuments
