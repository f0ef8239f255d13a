// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Consumer configurations, and what is wrong with them: the form says it, and real servers agree. Apart from the
/// tests: moc gets lost in such strings.
namespace ConsumerConfigurations {

struct Case {
    const char *tag;
    const char *config; ///< over that of a consumer "c" of a stream "t"
    const char *field = ""; ///< that is wrong; empty: the server takes it
    const char *stricter = ""; ///< why the form refuses what some servers take; empty: they refuse it as well
    const char *stream = "{}"; ///< over that of "t", with the subjects "t.>"
    const char *other = ""; ///< over that of a consumer "o" that is there already; empty: there is none
};

// reasons
inline constexpr char lessThanNothing[] = "a number below 0 means no limit to some servers, and an error to others";
inline constexpr char deliversNothing[] = "the stream takes no such message: nothing would ever be delivered";
inline constexpr char notOneWord[] = "clients can't subscribe in such a group";
inline constexpr char meansNothing[] = "servers before 2.12 take it, and leave the group without an effect";
inline constexpr char taken[] = "an equal one is answered as if it were new";

inline constexpr char workQueue[] = R"({"retention":"workqueue"})";
inline constexpr char limited[] = R"({"consumer_limits":{"inactive_threshold":10000000000,"max_ack_pending":50}})";
inline constexpr char plainOther[] = "{}";

// words that came later than their field
inline constexpr char prioritized[] = R"({"priority_policy":"prioritized","priority_groups":["A"]})";
inline constexpr char byFlowControl[] = R"({"ack_policy":"flow_control","deliver_subject":"d.c"})";

/// A stream that a cluster takes once it has a leader and three servers.
inline constexpr char ofThree[] = R"({"name":"tried","subjects":["tried"],"num_replicas":3})";

inline constexpr Case cases[]{
    {"nothing else", R"({})"},
    {"pushed", R"({"deliver_subject":"d.c"})"},
    // its name, and what it is
    {"a dot in the name", R"({"durable_name":"a.b"})", "durable_name"},
    {"a blank in the name", R"({"durable_name":"a b"})", "durable_name"},
    {"a slash in the name", R"({"durable_name":"a/b"})", "durable_name"},
    {"a name of letters elsewhere", R"({"durable_name":"größe"})"},
    {"a name that is taken", R"({"durable_name":"o"})", "durable_name", taken, "{}", plainOther},
    {"one beside another", R"({})", "", "", "{}", plainOther},
    {"one more than the stream allows", R"({})", "stream", "", R"({"max_consumers":1})", plainOther},
    {"the last that the stream allows", R"({})", "", "", R"({"max_consumers":2})", plainOther},
    {"described", R"({"description":"what it is for"})"},
    {"metadata", R"({"metadata":{"team":"a","pennant.app/linked-app":"shop/checkout"}})"},
    // filters
    {"a filter", R"({"filter_subject":"t.a"})"},
    {"a filter of all", R"({"filter_subject":">"})"},
    {"several filters", R"({"filter_subjects":["t.a","t.b.*"]})"},
    {"filters in both fields", R"({"filter_subject":"t.a","filter_subjects":["t.b"]})"},
    {"a filter with a blank", R"({"filter_subject":"t. a"})", "filter_subjects"},
    {"a filter with an empty word", R"({"filter_subject":"t..a"})", "filter_subjects"},
    {"a filter that begins with a dot", R"({"filter_subject":".a"})", "filter_subjects"},
    {"a filter with the rest in its midst", R"({"filter_subject":"t.>.a"})", "filter_subjects"},
    {"a filter with half a wildcard", R"({"filter_subject":"t.a*"})", "filter_subjects",
        "the star would be a star, and no wildcard"},
    {"no filter among others", R"({"filter_subjects":["t.a",""]})", "filter_subjects"},
    {"filters that overlap", R"({"filter_subjects":["t.a","t.*"]})", "filter_subjects"},
    {"the same filter twice", R"({"filter_subjects":["t.a","t.a"]})", "filter_subjects"},
    {"a filter outside the stream", R"({"filter_subject":"b.>"})", "filter_subjects", deliversNothing},
    {"one filter of two outside the stream", R"({"filter_subjects":["t.a","b"]})", "filter_subjects", deliversNothing},
    {"any filter of a mirror", R"({"filter_subject":"b.>"})", "", "", R"({"subjects":null,"mirror":{"name":"m"}})"},
    // where it begins
    {"new", R"({"deliver_policy":"new"})"},
    {"last", R"({"deliver_policy":"last"})"},
    {"last of each subject", R"({"deliver_policy":"last_per_subject","filter_subject":"t.>"})"},
    {"last of each of two", R"({"deliver_policy":"last_per_subject","filter_subjects":["t.a","t.b"]})"},
    {"last of each subject without a filter", R"({"deliver_policy":"last_per_subject"})", "filter_subjects"},
    {"from a sequence", R"({"deliver_policy":"by_start_sequence","opt_start_seq":7})"},
    {"from no sequence", R"({"deliver_policy":"by_start_sequence"})", "opt_start_seq"},
    {"from sequence 0", R"({"deliver_policy":"by_start_sequence","opt_start_seq":0})", "opt_start_seq"},
    {"from before the first sequence", R"({"deliver_policy":"by_start_sequence","opt_start_seq":-7})", "opt_start_seq"},
    {"from a sequence without a use", R"({"deliver_policy":"all","opt_start_seq":7})"},
    {"from a time", R"({"deliver_policy":"by_start_time","opt_start_time":"2026-01-02T03:04:05.000000006Z"})"},
    {"from a time elsewhere", R"({"deliver_policy":"by_start_time","opt_start_time":"2026-01-02T03:04:05+02:00"})"},
    {"from no time", R"({"deliver_policy":"by_start_time"})", "opt_start_time"},
    {"from a time in words", R"({"deliver_policy":"by_start_time","opt_start_time":"yesterday"})", "opt_start_time"},
    {"from a time without a zone", R"({"deliver_policy":"by_start_time","opt_start_time":"2026-01-02T03:04:05"})",
        "opt_start_time"},
    {"from a day", R"({"deliver_policy":"by_start_time","opt_start_time":"2026-01-02"})", "opt_start_time"},
    {"as it came", R"({"replay_policy":"original"})"},
    // acknowledgement
    {"acknowledged together", R"({"ack_policy":"all"})"},
    {"not acknowledged", R"({"ack_policy":"none","ack_wait":1000000000,"max_ack_pending":5})"},
    {"pushed and not acknowledged", R"({"ack_policy":"none","deliver_subject":"d.c","max_ack_pending":5})"},
    {"a wait", R"({"ack_wait":1})"},
    {"a wait of 0", R"({"ack_wait":0})", "ack_wait", "servers take 30 s for it"},
    {"a wait into the past", R"({"ack_wait":-1})", "ack_wait", lessThanNothing},
    {"a wait of years", R"({"ack_wait":63072000000000000})", "ack_wait",
        "what is lost would be delivered again when nobody remembers it"},
    {"delivered once", R"({"max_deliver":1})"},
    {"delivered without an end", R"({"max_deliver":-1})"},
    {"delivered less than never", R"({"max_deliver":-2})", "max_deliver", lessThanNothing},
    {"few on their way", R"({"max_ack_pending":5})"},
    {"any number on their way", R"({"max_ack_pending":-1})"},
    {"less than none on its way", R"({"max_ack_pending":-2})", "max_ack_pending", lessThanNothing},
    {"as many on their way as the stream allows", R"({"max_ack_pending":50})", "", "", limited},
    {"more on their way than the stream allows", R"({"max_ack_pending":51})", "max_ack_pending", "", limited},
    {"any number where the stream limits it", R"({"max_ack_pending":-1})", "max_ack_pending",
        "servers take their own limit for it, and it reads as none", limited},
    {"the limits of the stream", R"({})", "", "", limited},
    {"waits", R"({"backoff":[1000000000,5000000000]})"},
    {"waits of 0", R"({"backoff":[0,0]})"},
    {"a wait before now", R"({"backoff":[1000000000,-1]})", "backoff", lessThanNothing},
    {"as many waits as deliveries", R"({"backoff":[1,2],"max_deliver":2})"},
    {"more waits than deliveries", R"({"backoff":[1,2,3],"max_deliver":2})", "backoff"},
    // acknowledged by flow control, since 2.14
    {"acknowledged by flow control", byFlowControl},
    {"acknowledged by flow control, with its limit",
        R"({"ack_policy":"flow_control","deliver_subject":"d.c","flow_control":true,"idle_heartbeat":1000000000,"max_ack_pending":5})"},
    {"a work queue by flow control", byFlowControl, "", "", workQueue},
    {"pulled and acknowledged by flow control", R"({"ack_policy":"flow_control"})", "ack_policy"},
    {"by flow control with a wait", R"({"ack_policy":"flow_control","deliver_subject":"d.c","ack_wait":1000000000})",
        "ack_wait"},
    {"by flow control with waits", R"({"ack_policy":"flow_control","deliver_subject":"d.c","backoff":[1000000000]})",
        "backoff"},
    {"by flow control, delivered five times",
        R"({"ack_policy":"flow_control","deliver_subject":"d.c","max_deliver":5})", "max_deliver"},
    {"by flow control without a limit", R"({"ack_policy":"flow_control","deliver_subject":"d.c","max_ack_pending":-1})",
        "max_ack_pending"},
    // push
    {"pushed to nowhere", R"({"deliver_subject":""})", "deliver_subject",
        "servers take it for one that is pulled from"},
    {"pushed to a star", R"({"deliver_subject":"d.*"})", "deliver_subject"},
    {"pushed to all", R"({"deliver_subject":"d.>"})", "deliver_subject"},
    {"pushed to half a star", R"({"deliver_subject":"d.a*"})", "deliver_subject",
        "the star would be a star, which reads as a wildcard"},
    {"pushed to two words", R"({"deliver_subject":"d c"})", "deliver_subject"},
    {"pushed to an empty word", R"({"deliver_subject":"d..c"})", "deliver_subject"},
    {"pushed back into the stream", R"({"deliver_subject":"t.back"})", "deliver_subject"},
    {"pushed back past its filter", R"({"deliver_subject":"t.back","filter_subject":"t.a"})", "deliver_subject"},
    {"a group", R"({"deliver_subject":"d.c","deliver_group":"workers"})"},
    {"a group of two words", R"({"deliver_subject":"d.c","deliver_group":"a b"})", "deliver_group", notOneWord},
    {"a group with a star", R"({"deliver_subject":"d.c","deliver_group":"a*"})", "deliver_group", notOneWord},
    {"a group of one that is pulled from", R"({"deliver_group":"workers"})"},
    {"a heartbeat", R"({"deliver_subject":"d.c","idle_heartbeat":100000000})"},
    {"a short heartbeat", R"({"deliver_subject":"d.c","idle_heartbeat":99999999})", "idle_heartbeat"},
    {"a heartbeat before now", R"({"deliver_subject":"d.c","idle_heartbeat":-1})", "idle_heartbeat", lessThanNothing},
    {"flow control", R"({"deliver_subject":"d.c","flow_control":true,"idle_heartbeat":1000000000})"},
    {"flow control without a heartbeat", R"({"deliver_subject":"d.c","flow_control":true})", "idle_heartbeat"},
    {"a rate", R"({"deliver_subject":"d.c","rate_limit_bps":8000})"},
    {"a rate below nothing", R"({"deliver_subject":"d.c","rate_limit_bps":-1})", "rate_limit_bps"},
    {"what only those have that are pushed", R"({"flow_control":true,"idle_heartbeat":1000000000,"rate_limit_bps":5})"},
    // pull
    {"limits of what is pulled", R"({"max_waiting":5,"max_batch":10,"max_expires":1000000,"max_bytes":1000})"},
    {"none of these limits", R"({"max_batch":0,"max_expires":0,"max_bytes":0})"},
    {"less than nobody waits", R"({"max_waiting":-1})", "max_waiting", lessThanNothing},
    {"a batch below nothing", R"({"max_batch":-1})", "max_batch", lessThanNothing},
    {"bytes below nothing", R"({"max_bytes":-1})", "max_bytes", lessThanNothing},
    {"a short expiry", R"({"max_expires":999999})", "max_expires"},
    {"an expiry before now", R"({"max_expires":-1})", "max_expires", lessThanNothing},
    {"what only those have that are pulled from",
        R"({"deliver_subject":"d.c","max_waiting":5,"max_batch":10,"max_expires":1000000,"max_bytes":1000})"},
    // priority, since 2.11
    {"overflow", R"({"priority_policy":"overflow","priority_groups":["aZ0/_=-"]})"},
    {"pinned", R"({"priority_policy":"pinned_client","priority_groups":["A","B"],"priority_timeout":1000000000})"},
    {"prioritized", prioritized},
    {"a policy without a group", R"({"priority_policy":"overflow"})", "priority_groups"},
    {"a group without a policy", R"({"priority_groups":["A"]})", "priority_policy", meansNothing},
    {"a group and no policy", R"({"priority_policy":"none","priority_groups":["A"]})", "priority_policy", meansNothing},
    {"a group without a name", R"({"priority_policy":"overflow","priority_groups":[""]})", "priority_groups"},
    {"a group with a long name", R"({"priority_policy":"overflow","priority_groups":["aaaaaaaaaaaaaaaaa"]})",
        "priority_groups"},
    {"a group with a dot", R"({"priority_policy":"overflow","priority_groups":["a.b"]})", "priority_groups"},
    {"a pin without a policy", R"({"priority_timeout":1000000000})", "priority_timeout", meansNothing},
    {"a pin before now", R"({"priority_policy":"pinned_client","priority_groups":["A"],"priority_timeout":-1})",
        "priority_timeout", lessThanNothing},
    {"priority of one that is pushed",
        R"({"deliver_subject":"d.c","priority_policy":"overflow","priority_groups":["A"]})"},
    // the rest
    {"idle for a while", R"({"inactive_threshold":10000000000})", "", "", limited},
    {"idle for longer than the stream allows", R"({"inactive_threshold":10000000001})", "inactive_threshold", "",
        limited},
    {"idle before now", R"({"inactive_threshold":-1})", "inactive_threshold", lessThanNothing},
    {"headers alone", R"({"headers_only":true})"},
    {"in memory", R"({"mem_storage":true})"},
    {"one copy", R"({"num_replicas":1})"},
    {"more copies than the stream", R"({"num_replicas":3})", "num_replicas"},
    {"fewer copies than none", R"({"num_replicas":-1})", "num_replicas"},
    {"as many copies as an interest stream", R"({"num_replicas":1})", "", "", R"({"retention":"interest"})"},
    {"sampled", R"({"sample_freq":"30"})"},
    {"sampled in percent", R"({"sample_freq":"30%"})"},
    {"sampled often", R"({"sample_freq":"often"})", "sample_freq"},
    {"sampled by no number", R"({"sample_freq":"%"})", "sample_freq"},
    {"sampled with a blank", R"({"sample_freq":" 5"})", "sample_freq"},
    {"sampled by a part", R"({"sample_freq":"1.5"})", "sample_freq"},
    {"sampled less than never", R"({"sample_freq":"-1"})", "sample_freq"},
    {"sampled more than always", R"({"sample_freq":"101"})", "sample_freq", "servers take it for 100"},
    // work queues
    {"of a work queue", R"({})", "", "", workQueue},
    {"pushed of a work queue", R"({"deliver_subject":"d.c"})", "", "", workQueue},
    {"a part of a work queue", R"({"filter_subject":"t.a"})", "", "", workQueue},
    {"a work queue acknowledged together", R"({"ack_policy":"all"})", "ack_policy", "", workQueue},
    {"a work queue not acknowledged", R"({"ack_policy":"none"})", "ack_policy", "", workQueue},
    {"new of a work queue", R"({"deliver_policy":"new"})", "deliver_policy", "", workQueue},
    {"a work queue from a sequence", R"({"deliver_policy":"by_start_sequence","opt_start_seq":3})", "deliver_policy",
        "", workQueue},
    {"a work queue for two", R"({})", "filter_subjects", "", workQueue, plainOther},
    {"a part of a work queue beside all", R"({"filter_subject":"t.a"})", "filter_subjects", "", workQueue, plainOther},
    {"all of a work queue beside a part", R"({})", "filter_subjects", "", workQueue, R"({"filter_subject":"t.a"})"},
    {"parts of a work queue that overlap", R"({"filter_subject":"t.a.>"})", "filter_subjects", "", workQueue,
        R"({"filter_subject":"t.a.*"})"},
    {"one part of two that overlaps", R"({"filter_subjects":["t.b","t.a.x"]})", "filter_subjects", "", workQueue,
        R"({"filter_subject":"t.a.*"})"},
    {"parts of a work queue that don't overlap", R"({"filter_subject":"t.b"})", "", "", workQueue,
        R"({"filter_subject":"t.a"})"},
    {"two of an interest stream", R"({})", "", "", R"({"retention":"interest"})", plainOther},
};

/// Changes of a consumer that is there as `before` says.
struct Change {
    const char *tag;
    const char *before;
    const char *config; ///< over what the server made of it; null takes a field away
    const char *field = "";
    const char *stricter = "";
};

inline constexpr Change changes[]{
    {"another description", R"({})", R"({"description":"x"})"},
    {"acknowledged otherwise", R"({})", R"({"ack_policy":"all"})", "ack_policy"},
    {"begun otherwise", R"({})", R"({"deliver_policy":"new"})", "deliver_policy"},
    {"from another sequence", R"({"deliver_policy":"by_start_sequence","opt_start_seq":5})", R"({"opt_start_seq":6})",
        "opt_start_seq"},
    {"from another time", R"({"deliver_policy":"by_start_time","opt_start_time":"2026-01-01T00:00:00Z"})",
        R"({"opt_start_time":"2026-01-02T00:00:00Z"})", "opt_start_time"},
    {"as it came", R"({})", R"({"replay_policy":"original"})", "replay_policy"},
    {"pushed from now on", R"({})", R"({"deliver_subject":"d.c"})", "deliver_subject"},
    {"pulled from now on", R"({"deliver_subject":"d.c"})", R"({"deliver_subject":null})", "deliver_subject"},
    {"pushed elsewhere", R"({"deliver_subject":"d.c"})", R"({"deliver_subject":"d.d"})"},
    {"pushed back into the stream", R"({"deliver_subject":"d.c"})", R"({"deliver_subject":"t.back"})",
        "deliver_subject"},
    {"pushed to a star", R"({"deliver_subject":"d.c"})", R"({"deliver_subject":"d.*"})", "deliver_subject"},
    {"another group", R"({"deliver_subject":"d.c","deliver_group":"a"})", R"({"deliver_group":"b"})", "deliver_group",
        "whoever is subscribed in the old group is cut off without a word"},
    {"flow control from now on", R"({"deliver_subject":"d.c","idle_heartbeat":1000000000})", R"({"flow_control":true})",
        "flow_control"},
    {"another heartbeat", R"({"deliver_subject":"d.c","idle_heartbeat":1000000000})",
        R"({"idle_heartbeat":2000000000})", "idle_heartbeat"},
    {"another rate", R"({"deliver_subject":"d.c"})", R"({"rate_limit_bps":8000})"},
    {"a limit where nothing is acknowledged", R"({"deliver_subject":"d.c","ack_policy":"none"})",
        R"({"max_ack_pending":5})", "max_ack_pending"},
    {"more may wait", R"({})", R"({"max_waiting":5})", "max_waiting"},
    {"other batches", R"({})", R"({"max_batch":5,"max_expires":1000000000,"max_bytes":500})"},
    {"a short expiry", R"({})", R"({"max_expires":5})", "max_expires"},
    {"waits from now on", R"({})", R"({"backoff":[1000000000,2000000000]})"},
    {"no waits any more", R"({"backoff":[1000000000]})", R"({"backoff":null})"},
    {"fewer deliveries than waits", R"({"backoff":[1,2,3]})", R"({"max_deliver":2})", "max_deliver"},
    {"other limits", R"({})", R"({"ack_wait":1000000000,"max_deliver":5,"max_ack_pending":5})"},
    {"idle cleanup", R"({})", R"({"inactive_threshold":5000000000})"},
    {"headers alone", R"({})", R"({"headers_only":true})"},
    {"sampled", R"({})", R"({"sample_freq":"10"})"},
    {"in memory from now on", R"({})", R"({"mem_storage":true})", "mem_storage",
        "servers before 2.14 take it, and lose where it stands"},
    {"one copy", R"({})", R"({"num_replicas":1})"},
    {"metadata", R"({})", R"({"metadata":{"team":"a"}})"},
    {"a filter from now on", R"({})", R"({"filter_subject":"t.a"})"},
    {"filters from now on", R"({"filter_subject":"t.a"})",
        R"({"filter_subject":null,"filter_subjects":["t.a","t.b"]})"},
    {"no filter any more", R"({"filter_subject":"t.a"})", R"({"filter_subject":null})"},
    {"no filter of the last of each subject", R"({"deliver_policy":"last_per_subject","filter_subject":"t.a"})",
        R"({"filter_subject":null})", "filter_subjects"},
    {"priority from now on", R"({})", R"({"priority_policy":"overflow","priority_groups":["A"]})"},
    {"another group of priority", R"({"priority_policy":"overflow","priority_groups":["A"]})",
        R"({"priority_groups":["B"]})"},
    {"another policy of priority", R"({"priority_policy":"overflow","priority_groups":["A"]})",
        R"({"priority_policy":"pinned_client","priority_timeout":7000000000})"},
    {"no priority any more", R"({"priority_policy":"overflow","priority_groups":["A"]})",
        R"({"priority_policy":null,"priority_groups":null})"},
    {"no group of priority any more", R"({"priority_policy":"overflow","priority_groups":["A"]})",
        R"({"priority_groups":null})", "priority_groups"},
    {"no policy of priority any more", R"({"priority_policy":"overflow","priority_groups":["A"]})",
        R"({"priority_policy":null})", "priority_policy", meansNothing},
};

/// Copies need a cluster: of a stream with three.
inline constexpr Case copies[]{
    {"as many as the stream", R"({"num_replicas":3})", "", "", R"({"num_replicas":3})"},
    {"fewer than the stream", R"({"num_replicas":1})", "", "", R"({"num_replicas":3})"},
    {"left to the stream", R"({})", "", "", R"({"num_replicas":3,"retention":"interest"})"},
    {"more than the stream", R"({"num_replicas":3})", "num_replicas", "", R"({"num_replicas":1})"},
    {"as many as an interest stream", R"({"num_replicas":3})", "", "", R"({"num_replicas":3,"retention":"interest"})"},
    {"fewer than an interest stream", R"({"num_replicas":1})", "num_replicas", "",
        R"({"num_replicas":3,"retention":"interest"})"},
    {"fewer than a work queue", R"({"num_replicas":1})", "num_replicas", "",
        R"({"num_replicas":3,"retention":"workqueue"})"},
};

/// Every field that servers know since a release, in a configuration that holds all that go together. What came later
/// than the others is asked for apart.
struct Fields {
    const char *tag;
    const char *config;
};

inline constexpr Fields fields[]{
    {"pulled",
        R"({"description":"with all of it","filter_subjects":["t.a","t.b.>"],"ack_policy":"explicit",
"ack_wait":1000000000,"max_deliver":5,"backoff":[1000000000,2000000001],"max_ack_pending":77,
"deliver_policy":"by_start_sequence","opt_start_seq":3,"replay_policy":"original","max_waiting":99,"max_batch":55,
"max_expires":9000000001,"max_bytes":12345,"inactive_threshold":3600000000000,"headers_only":true,
"sample_freq":"30%","num_replicas":1,"mem_storage":true,"metadata":{"team":"orders"}})"},
    {"pushed",
        R"({"deliver_subject":"d.c","deliver_group":"workers","filter_subject":"t.a","ack_policy":"all",
"deliver_policy":"by_start_time","opt_start_time":"2026-01-02T03:04:05.000000006Z","idle_heartbeat":5000000001,
"flow_control":true,"rate_limit_bps":1000000})"},
    {"paused", R"({"pause_until":"2096-01-02T03:04:05Z"})"},
    {"of priority", R"({"priority_policy":"pinned_client","priority_groups":["A"],"priority_timeout":7000000000})"},
};

} // namespace ConsumerConfigurations
