// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Stream configurations, and what is wrong with them: the form says it, and real servers agree. Apart from the tests:
/// moc gets lost in such strings.
namespace StreamConfigurations {

struct Case {
    const char *tag;
    const char *config; ///< over that of a stream "t" with the subjects "t.>"; null takes a field away
    const char *field; ///< that is wrong; empty: the server takes it
    bool isStricter = false; ///< the server takes it, though nothing good comes of it
};

inline constexpr Case cases[]{
    {"nothing else", R"({})", ""},
    // mirror
    {"a mirror", R"({"subjects":null,"mirror":{"name":"o"}})", ""},
    {"a mirror from a sequence", R"({"subjects":null,"mirror":{"name":"o","opt_start_seq":7}})", ""},
    {"a mirror from a time", R"({"subjects":null,"mirror":{"name":"o","opt_start_time":"2026-01-01T00:00:00Z"}})", ""},
    {"a mirror of a part", R"({"subjects":null,"mirror":{"name":"o","filter_subject":"o.a.>"}})", ""},
    {"a mirror from a domain",
        R"({"subjects":null,"mirror":{"name":"o","external":{"api":"$JS.hub.API","deliver":"d.hub"}}})", ""},
    {"a mirror with transforms",
        R"({"subjects":null,"mirror":{"name":"o","subject_transforms":[{"src":"o.*","dest":"x.{{wildcard(1)}}"}]}})",
        ""},
    {"a mirror with subjects", R"({"mirror":{"name":"o"}})", "subjects"},
    {"a mirror with sources", R"({"subjects":null,"mirror":{"name":"o"},"sources":[{"name":"p"}]})", "mirror"},
    {"a mirror with a first sequence", R"({"subjects":null,"first_seq":9,"mirror":{"name":"o"}})", "first_seq"},
    {"a mirror that counts", R"({"subjects":null,"allow_msg_counter":true,"mirror":{"name":"o"}})",
        "allow_msg_counter"},
    {"a mirror of atomic batches", R"({"subjects":null,"allow_atomic":true,"mirror":{"name":"o"}})", "allow_atomic"},
    {"a mirror of fast batches", R"({"subjects":null,"allow_batched":true,"mirror":{"name":"o"}})", "allow_batched"},
    {"a mirror of schedules", R"({"subjects":null,"allow_msg_schedules":true,"mirror":{"name":"o"}})",
        "allow_msg_schedules"},
    {"a mirror with markers", R"({"subjects":null,"subject_delete_marker_ttl":2000000000,"mirror":{"name":"o"}})",
        "subject_delete_marker_ttl"},
    {"a mirror of nothing", R"({"subjects":null,"mirror":{"filter_subject":"o.a"}})", "mirror"},
    {"a mirror of no name", R"({"subjects":null,"mirror":{"name":"a.b"}})", "mirror"},
    {"a mirror of itself", R"({"subjects":null,"mirror":{"name":"t"}})", "mirror", true},
    {"a mirror by filter and transforms",
        R"({"subjects":null,"mirror":{"name":"o","filter_subject":"o.a","subject_transforms":[{"src":"o.*","dest":"x"}]}})",
        "mirror"},
    {"a mirror of no subject", R"({"subjects":null,"mirror":{"name":"o","filter_subject":"a..b"}})", "mirror", true},
    {"a mirror with overlapping transforms",
        R"({"subjects":null,"mirror":{"name":"o","subject_transforms":[{"src":"o.*","dest":"x"},{"src":"o.a","dest":"y"}]}})",
        "mirror"},
    {"a mirror with a wildcard too many",
        R"({"subjects":null,"mirror":{"name":"o","subject_transforms":[{"src":"o.*","dest":"x.{{wildcard(2)}}"}]}})",
        "mirror"},
    {"a mirror of its own account", R"({"subjects":null,"mirror":{"name":"o","external":{"api":"$JS.API"}}})",
        "mirror"},
    {"a mirror by wildcards", R"({"subjects":null,"mirror":{"name":"o","external":{"api":"$JS.*.API"}}})", "mirror"},
    {"a mirror delivered by wildcards",
        R"({"subjects":null,"mirror":{"name":"o","external":{"api":"$JS.h.API","deliver":"d.*"}}})", "mirror"},
    {"a mirror with direct get", R"({"subjects":null,"mirror":{"name":"o"},"mirror_direct":true})", ""},
    // sources
    {"two sources", R"({"sources":[{"name":"o"},{"name":"p","filter_subject":"p.>"}]})", ""},
    {"sources alone", R"({"subjects":null,"sources":[{"name":"o"}]})", ""},
    {"a source twice, by parts",
        R"({"sources":[{"name":"o","filter_subject":"o.a"},{"name":"o","filter_subject":"o.b"}]})", ""},
    {"a source with transforms",
        R"({"sources":[{"name":"o","subject_transforms":[{"src":"o.*","dest":"t.$1"},{"src":"q","dest":"t.q"}]}]})",
        ""},
    {"a source that is dropped by a transform",
        R"({"sources":[{"name":"o","subject_transforms":[{"src":"o.*","dest":""}]}]})", ""},
    {"a source twice", R"({"sources":[{"name":"o"},{"name":"o"}]})", "sources"},
    {"a source of all twice", R"({"sources":[{"name":"o"},{"name":"o","filter_subject":">"}]})", "sources"},
    {"a source of no name", R"({"sources":[{"name":"a.b"}]})", "sources"},
    {"a source of nothing", R"({"sources":[{"filter_subject":"o.a"}]})", "sources"},
    {"a source of itself", R"({"sources":[{"name":"t"}]})", "sources"},
    {"a source by filter and transforms",
        R"({"sources":[{"name":"o","filter_subject":"o.a","subject_transforms":[{"src":"o.*","dest":"x"}]}]})",
        "sources"},
    {"a source with overlapping transforms",
        R"({"sources":[{"name":"o","subject_transforms":[{"src":"o.*","dest":"x"},{"src":"o.a","dest":"y"}]}]})",
        "sources"},
    {"a source of its own account", R"({"sources":[{"name":"o","external":{"api":"$JS.API"}}]})", "sources"},
    {"a source with schedules", R"({"allow_msg_schedules":true,"sources":[{"name":"o"}]})", "allow_msg_schedules"},
    // republish
    {"republished", R"({"republish":{"src":"t.>","dest":"copy.>"}})", ""},
    {"republished by default", R"({"republish":{"dest":"copy.>"}})", ""},
    {"republished by wildcard", R"({"republish":{"src":"t.*.b","dest":"copy.$1"}})", ""},
    {"republished in headers", R"({"republish":{"src":"t.a","dest":"copy","headers_only":true}})", ""},
    {"republished in a circle", R"({"republish":{"src":"t.>","dest":"t.copy.>"}})", "republish.dest"},
    {"republished to all", R"({"republish":{"src":"t.>","dest":">"}})", "republish.dest"},
    {"republished openly", R"({"republish":{"src":"t.a","dest":"copy.>"}})", "republish.dest"},
    {"republished shut", R"({"republish":{"src":"t.>","dest":"copy"}})", "republish.dest"},
    {"republished to a star", R"({"republish":{"src":"t.*","dest":"copy.*"}})", "republish.dest"},
    {"republished to nothing", R"({"republish":{"src":"t.>","headers_only":true}})", "republish.dest", true},
    {"republished from no subject", R"({"republish":{"src":"t..a","dest":"copy"}})", "republish.src"},
    // transform
    {"transformed", R"({"subject_transform":{"src":"t.*","dest":"u.{{wildcard(1)}}"}})", ""},
    {"transformed by default", R"({"subject_transform":{"src":"","dest":"u.>"}})", ""},
    {"transformed by partition", R"({"subject_transform":{"src":"t.*.*","dest":"u.{{partition(3,1,2)}}"}})", ""},
    {"transformed by split", R"({"subject_transform":{"src":"t.*","dest":"u.{{split(1,-)}}"}})", ""},
    {"transformed by slices", R"({"subject_transform":{"src":"t.*","dest":"u.{{SliceFromLeft(1,2)}}"}})", ""},
    {"transformed by what is none", R"({"subject_transform":{"src":"t.*","dest":"u.{{reverse(1)}}"}})",
        "subject_transform.dest"},
    {"transformed by a wildcard too many", R"({"subject_transform":{"src":"t.*","dest":"u.$2"}})",
        "subject_transform.dest"},
    {"transformed by a wildcard of none", R"({"subject_transform":{"src":"t.a","dest":"u.{{wildcard(1)}}"}})",
        "subject_transform.dest"},
    {"transformed by half a split", R"({"subject_transform":{"src":"t.*","dest":"u.{{split(1)}}"}})",
        "subject_transform.dest"},
    {"transformed to a star", R"({"subject_transform":{"src":"t.*","dest":"u.*"}})", "subject_transform.dest"},
    {"transformed openly", R"({"subject_transform":{"src":"t.*","dest":"u.>"}})", "subject_transform.dest"},
    {"transformed from no subject", R"({"subject_transform":{"src":"t..","dest":"u"}})", "subject_transform.src"},
    // markers and TTL
    {"markers", R"({"subject_delete_marker_ttl":1000000000})", ""},
    {"short markers", R"({"subject_delete_marker_ttl":999999999})", "subject_delete_marker_ttl"},
    {"negative markers", R"({"subject_delete_marker_ttl":-1})", "subject_delete_marker_ttl"},
    {"markers that can't be purged", R"({"subject_delete_marker_ttl":1000000000,"deny_purge":true})",
        "subject_delete_marker_ttl", true},
    {"roll-ups that can't be purged", R"({"allow_rollup_hdrs":true,"deny_purge":true})", "deny_purge"},
    // counters
    {"a counter", R"({"allow_msg_counter":true})", ""},
    {"a counter of interest", R"({"allow_msg_counter":true,"retention":"interest"})", "allow_msg_counter"},
    {"a counter that discards new", R"({"allow_msg_counter":true,"discard":"new"})", "allow_msg_counter"},
    {"a counter with TTL", R"({"allow_msg_counter":true,"allow_msg_ttl":true})", "allow_msg_counter"},
    {"a counter with schedules", R"({"allow_msg_counter":true,"allow_msg_schedules":true})", "allow_msg_counter", true},
    // schedules, batches and persistence
    {"schedules", R"({"allow_msg_schedules":true})", ""},
    {"schedules that discard new", R"({"allow_msg_schedules":true,"discard":"new"})", "allow_msg_schedules", true},
    {"schedules that can't be purged", R"({"allow_msg_schedules":true,"deny_purge":true})", "allow_msg_schedules",
        true},
    {"batches", R"({"allow_atomic":true,"allow_batched":true})", ""},
    {"written later", R"({"persist_mode":"async"})", ""},
    {"written later to memory", R"({"persist_mode":"async","storage":"memory"})", "persist_mode"},
    {"written later, of atomic batches", R"({"persist_mode":"async","allow_atomic":true})", "persist_mode"},
    // the rest
    {"limits of consumers", R"({"consumer_limits":{"inactive_threshold":5000000000,"max_ack_pending":20}})", ""},
    {"placed", R"({"placement":{"cluster":"","tags":[]}})", ""},
    {"metadata", R"({"metadata":{"team":"a","pennant.app/linked-app":"shop/checkout"}})", ""},
    {"sealed from the start", R"({"sealed":true})", "sealed"},
    {"discard new for each subject", R"({"discard":"new","discard_new_per_subject":true,"max_msgs_per_subject":1})",
        ""},
    {"discard new for each subject without a limit", R"({"discard":"new","discard_new_per_subject":true})",
        "discard_new_per_subject"},
    {"subjects that overlap", R"({"subjects":["t.>","t.a"]})", "subjects"},
    {"a subject of the server", R"({"subjects":["$JS.API.STREAM.>"]})", "subjects"},
    {"the subjects of a bucket", R"({"name":"KV_t","subjects":["$KV.t.>"]})", ""},
    {"the subjects of another's bucket", R"({"subjects":["$KV.t.>"]})", "subjects", true},
    {"a short age", R"({"max_age":99999999})", "max_age"},
    {"a window longer than the age", R"({"max_age":1000000000,"duplicate_window":2000000000})", "duplicate_window"},
};

/// Changes of a stream that is there as `before` says.
struct Change {
    const char *tag;
    const char *before;
    const char *config; ///< over what the server made of it
    const char *field;
    bool isStricter = false;
};

inline constexpr Change changes[]{
    {"a mirror is made a stream", R"({"subjects":null,"mirror":{"name":"o"}})", R"({"mirror":null})", ""},
    {"a mirror of another", R"({"subjects":null,"mirror":{"name":"o"}})", R"({"mirror":{"name":"p"}})", "mirror"},
    {"a mirror from now on", R"({})", R"({"subjects":null,"mirror":{"name":"o"}})", "mirror"},
    {"a source more", R"({"sources":[{"name":"o"}]})", R"({"sources":[{"name":"o"},{"name":"p"}]})", ""},
    {"no sources any more", R"({"sources":[{"name":"o"}]})", R"({"sources":null})", ""},
    {"republished from now on", R"({})", R"({"republish":{"src":">","dest":"copy.>"}})", ""},
    {"subjects where it is republished to", R"({"republish":{"src":"t.>","dest":"copy.>"}})",
        R"({"subjects":["t.>","copy.a"]})", "republish.dest"},
    {"transformed from now on", R"({})", R"({"subject_transform":{"src":"t.*","dest":"u.$1"}})", ""},
    {"a counter from now on", R"({})", R"({"allow_msg_counter":true})", "allow_msg_counter"},
    {"no counter any more", R"({"allow_msg_counter":true})", R"({"allow_msg_counter":null})", "allow_msg_counter"},
    {"TTL from now on", R"({})", R"({"allow_msg_ttl":true})", ""},
    {"no TTL any more", R"({"allow_msg_ttl":true})", R"({"allow_msg_ttl":false})", "allow_msg_ttl"},
    {"schedules from now on", R"({})", R"({"allow_msg_schedules":true})", ""},
    {"no schedules any more", R"({"allow_msg_schedules":true})", R"({"allow_msg_schedules":null})",
        "allow_msg_schedules"},
    {"written later from now on", R"({})", R"({"persist_mode":"async"})", "persist_mode"},
    {"markers from now on", R"({})", R"({"subject_delete_marker_ttl":2000000000})", ""},
    {"sealed", R"({})", R"({"sealed":true})", ""},
    {"purge denied, and not any more", R"({"deny_purge":true})", R"({"deny_purge":false})", "deny_purge"},
    {"another storage", R"({})", R"({"storage":"memory"})", "storage"},
    {"a work queue", R"({})", R"({"retention":"workqueue"})", "retention"},
    {"another first sequence", R"({"first_seq":5})", R"({"first_seq":6})", "first_seq", true},
};

} // namespace StreamConfigurations
