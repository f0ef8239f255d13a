// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

/// One that a server takes from this level of the API on.
struct MadeUpConfig {
    const char *name;
    int apiLevel;
    const char *json;
};

/// What a stream T can be.
inline QList<MadeUpConfig> madeUpStreamConfigs()
{
    return {
        {"plain", 0, R"({"name":"T","subjects":["t.>"]})"},
        {"all limits", 0,
            R"({"name":"T","subjects":["t.*","$u.>"],"description":"it's \"quoted\" $HOME","retention":"workqueue",)"
            R"("storage":"file","num_replicas":1,"max_age":5400000000001,"max_msgs":1000,"max_bytes":3221225472,)"
            R"("discard":"new","discard_new_per_subject":true,"max_msgs_per_subject":9,"max_msg_size":4096,)"
            R"("max_consumers":8,"duplicate_window":60000000000,"compression":"none","allow_direct":false,"first_seq":77})"},
        {"all switches", 0,
            R"({"name":"T","subjects":["t.>"],"no_ack":true,"allow_direct":true,"deny_delete":true,)"
            R"("allow_rollup_hdrs":true,"compression":"s2",)"
            R"("metadata":{"a b":"c=d","pennant.app/linked-app":"Deployment/shop"},)"
            R"("republish":{"src":"t.*","dest":"r.$1","headers_only":true},)"
            R"("subject_transform":{"src":"t.*","dest":"t.x.$1"},)"
            R"("consumer_limits":{"inactive_threshold":3600000000000,"max_ack_pending":77}})"},
        {"mirror", 0,
            R"({"name":"T","mirror":{"name":"ORDERS","opt_start_seq":20,"filter_subject":"ORDERS.1"},)"
            R"("mirror_direct":true})"},
        {"sources", 0,
            R"({"name":"T","subjects":["t.>"],"sources":[)"
            R"({"name":"ORDERS","subject_transforms":[{"src":"ORDERS.1","dest":"one"}]},)"
            R"({"name":"FAR","external":{"api":"$JS.hub.API","deliver":"hub.deliver"}}]})"},
        {"of 2.11", 1,
            R"({"name":"T","subjects":["t.>"],"allow_msg_ttl":true,"allow_rollup_hdrs":true,)"
            R"("subject_delete_marker_ttl":60000000000})"},
        {"of 2.12", 2,
            R"({"name":"T","subjects":["t.>"],"allow_atomic":true,"allow_msg_schedules":true,)"
            R"("allow_rollup_hdrs":true})"},
    };
}

/// What a consumer T of ORDERS can be.
inline QList<MadeUpConfig> madeUpConsumerConfigs()
{
    return {
        {"pull", 0,
            R"({"durable_name":"T","description":"it's $HOME","ack_policy":"explicit","ack_wait":45000000001,)"
            R"("max_deliver":7,"max_ack_pending":77,"deliver_policy":"last_per_subject",)"
            R"("filter_subjects":["ORDERS.1","ORDERS.2"],"replay_policy":"original","max_waiting":9,"max_batch":11,)"
            R"("max_expires":5000000000,"max_bytes":1000,"inactive_threshold":3600000000000,"headers_only":true,)"
            R"("sample_freq":"30","num_replicas":1,"mem_storage":true,"metadata":{"a b":"c=d"}})"},
        {"push", 0,
            R"({"durable_name":"T","ack_policy":"all","deliver_subject":"to.me","deliver_group":"g",)"
            R"("deliver_policy":"by_start_sequence","opt_start_seq":20,"filter_subject":"ORDERS.>",)"
            R"("replay_policy":"instant","flow_control":true,"idle_heartbeat":5000000000,"rate_limit_bps":4096})"},
        {"without acknowledgements", 0,
            R"({"durable_name":"T","ack_policy":"none","deliver_policy":"new","replay_policy":"instant"})"},
    };
}
