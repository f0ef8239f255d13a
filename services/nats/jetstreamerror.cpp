// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/jetstreamapi.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace {

struct KnownError {
    int code; // err_code, nats-server's server/errors.json
    Error::Kind kind;
    const char *field; // the API's name, where it is certain
    const char *summary;
};

using Kind = Error::Kind;

const KnownError knownErrors[] = {
    {10002, Kind::Invalid, "max_bytes",
        QT_TRANSLATE_NOOP("JetStream", "The account's limits leave no room for this. Free storage, or ask for less.")},
    {10005, Kind::Invalid, "num_replicas",
        QT_TRANSLATE_NOOP("JetStream",
            "Too few servers are online for that many copies. Wait until all pods are ready, or ask for fewer.")},
    {10008, Kind::NotReady, "",
        QT_TRANSLATE_NOOP(
            "JetStream", "JetStream has no leader right now. Wait until the pods are ready, then try again.")},
    {10010, Kind::NotReady, "",
        QT_TRANSLATE_NOOP(
            "JetStream", "A standalone server has one copy of everything: there is nothing to hand over.")},
    {10012, Kind::Invalid, "",
        QT_TRANSLATE_NOOP("JetStream", "The server refused the consumer. Correct what its answer names.")},
    {10013, Kind::Conflict, "durable_name",
        QT_TRANSLATE_NOOP("JetStream", "The stream has a consumer of that name already. Choose another name.")},
    {10014, Kind::NotFound, "",
        QT_TRANSLATE_NOOP("JetStream", "The consumer is not there any more. Somebody else may have deleted it.")},
    {10021, Kind::Invalid, "",
        QT_TRANSLATE_NOOP(
            "JetStream", "An API prefix leads to this account itself. Enter the one of the other account or domain.")},
    {10022, Kind::Invalid, "",
        QT_TRANSLATE_NOOP("JetStream", "A delivery prefix overlaps with a subject of the stream. Choose another.")},
    {10023, Kind::Invalid, "max_bytes",
        QT_TRANSLATE_NOOP("JetStream", "The servers have no room for this. Enlarge the storage, or ask for less.")},
    {10024, Kind::Invalid, "",
        QT_TRANSLATE_NOOP("JetStream", "A delivery prefix can't hold wildcards. Choose another.")},
    {10025, Kind::Invalid, "",
        QT_TRANSLATE_NOOP("JetStream",
            "The server does not understand the request: it knows another set of fields than this program.")},
    {10026, Kind::Invalid, "stream",
        QT_TRANSLATE_NOOP(
            "JetStream", "The stream has as many consumers as it may. Delete one, or raise the account's limit.")},
    {10027, Kind::Invalid, "account",
        QT_TRANSLATE_NOOP(
            "JetStream", "The account has as many streams as it may. Delete one, or raise the account's limit.")},
    {10028, Kind::Invalid, "max_bytes",
        QT_TRANSLATE_NOOP(
            "JetStream", "The servers have no memory left for this. Keep the stream on files, or ask for less.")},
    {10037, Kind::NotFound, "", QT_TRANSLATE_NOOP("JetStream", "There is no such message in the stream.")},
    {10030, Kind::Invalid, "max_msg_size",
        QT_TRANSLATE_NOOP("JetStream", "A mirror takes messages as large as its origin's. Enter at least that.")},
    {10031, Kind::Invalid, "mirror",
        QT_TRANSLATE_NOOP("JetStream", "A stream mirrors one stream or gathers from several, not both.")},
    {10032, Kind::Invalid, "mirror",
        QT_TRANSLATE_NOOP("JetStream", "A mirror begins at a sequence or at a time, not both.")},
    {10033, Kind::Invalid, "mirror",
        QT_TRANSLATE_NOOP("JetStream", "This server takes no filter of a mirror. Leave it empty.")},
    {10034, Kind::Invalid, "subjects",
        QT_TRANSLATE_NOOP("JetStream", "A mirror takes no subjects: its messages come from elsewhere.")},
    {10039, Kind::NotReady, "", QT_TRANSLATE_NOOP("JetStream", "JetStream is off for this account.")},
    {10046, Kind::Invalid, "max_msg_size",
        QT_TRANSLATE_NOOP("JetStream", "The stream takes messages as large as its sources'. Enter at least that.")},
    {10047, Kind::Invalid, "max_bytes",
        QT_TRANSLATE_NOOP("JetStream", "The servers have no storage left for this. Enlarge it, or ask for less.")},
    {10051, Kind::Server, "",
        QT_TRANSLATE_NOOP("JetStream", "The server could not write to its storage. Look at the pod's log and volume.")},
    {10052, Kind::Invalid, "",
        QT_TRANSLATE_NOOP("JetStream", "The server refused the stream's settings. Correct what its answer names.")},
    {10054, Kind::Invalid, "payload",
        QT_TRANSLATE_NOOP("JetStream", "The message is larger than the stream takes (max_msg_size).")},
    {10055, Kind::Invalid, "mirror",
        QT_TRANSLATE_NOOP("JetStream", "The server lets a mirror stay as it is, or, from 2.12 on, be taken away.")},
    {10058, Kind::Conflict, "name",
        QT_TRANSLATE_NOOP(
            "JetStream", "The account has a stream of that name with other settings. Choose another name.")},
    {10059, Kind::NotFound, "",
        QT_TRANSLATE_NOOP("JetStream", "The stream is not there any more. Somebody else may have deleted it.")},
    {10060, Kind::Conflict, "",
        QT_TRANSLATE_NOOP("JetStream", "Another stream takes this subject than Nats-Expected-Stream says.")},
    {10062, Kind::Server, "",
        QT_TRANSLATE_NOOP("JetStream", "The server could not make the stream out of the backup. Its answer says why.")},
    {10064, Kind::Server, "",
        QT_TRANSLATE_NOOP(
            "JetStream", "The server could not back the stream up. Before 2.15 it can't where a stream is in memory.")},
    {10065, Kind::Invalid, "subjects",
        QT_TRANSLATE_NOOP("JetStream",
            "Another stream of the account takes one of these subjects already. Narrow the subjects of one of them.")},
    {10070, Kind::Conflict, "",
        QT_TRANSLATE_NOOP("JetStream", "The stream's last message has another Nats-Msg-Id than was expected.")},
    {10071, Kind::Conflict, "",
        QT_TRANSLATE_NOOP("JetStream", "The last sequence is another than was expected: somebody else has published.")},
    {10069, Kind::Invalid, "",
        QT_TRANSLATE_NOOP("JetStream", "The server could not change the stream. Correct what its answer names.")},
    {10074, Kind::Invalid, "num_replicas",
        QT_TRANSLATE_NOOP("JetStream", "A standalone server keeps one copy. More need a runtime of 3 or 5 replicas.")},
    {10076, Kind::NotReady, "", QT_TRANSLATE_NOOP("JetStream", "JetStream is off on the server.")},
    {10077, Kind::Server, "",
        QT_TRANSLATE_NOOP("JetStream", "The server could not write to its storage. Look at the pod's log and volume.")},
    {10079, Kind::Invalid, "deliver_subject",
        QT_TRANSLATE_NOOP("JetStream", "The server sends to one subject: no \"*\" and no \">\".")},
    {10081, Kind::Invalid, "deliver_subject",
        QT_TRANSLATE_NOOP("JetStream",
            "What is delivered there would come back into the stream. Choose a subject "
            "outside.")},
    {10082, Kind::Invalid, "max_ack_pending",
        QT_TRANSLATE_NOOP("JetStream", "Without acknowledgements there is no limit on them. Leave it empty.")},
    {10084, Kind::Invalid, "ack_policy",
        QT_TRANSLATE_NOOP("JetStream", "A work queue removes a message when it is acknowledged: choose explicit.")},
    {10093, Kind::Invalid, "filter_subjects",
        QT_TRANSLATE_NOOP("JetStream", "The stream takes no message on one of these subjects.")},
    {10094, Kind::Invalid, "", QT_TRANSLATE_NOOP("JetStream", "Deliver policy, start and filter do not fit together.")},
    {10098, Kind::Invalid, "ack_policy",
        QT_TRANSLATE_NOOP("JetStream", "A work queue removes a message when it is acknowledged: choose explicit.")},
    {10099, Kind::Invalid, "filter_subjects",
        QT_TRANSLATE_NOOP("JetStream",
            "A work queue gives each message to one consumer, and it has one already. Give every consumer filter "
            "subjects that don't overlap.")},
    {10100, Kind::Invalid, "filter_subjects",
        QT_TRANSLATE_NOOP("JetStream",
            "Another consumer of this work queue takes one of these subjects already. Choose subjects of its own.")},
    {10101, Kind::Invalid, "deliver_policy",
        QT_TRANSLATE_NOOP("JetStream", "A consumer of a work queue begins with all messages: choose all.")},
    {10109, Kind::Forbidden, "", QT_TRANSLATE_NOOP("JetStream", "The stream is sealed: nothing of it can be changed.")},
    {10110, Kind::Forbidden, "", QT_TRANSLATE_NOOP("JetStream", "The stream's settings forbid to purge it.")},
    {10113, Kind::Invalid, "max_bytes",
        QT_TRANSLATE_NOOP("JetStream", "The account asks every stream for a limit in bytes. Enter one.")},
    {10116, Kind::Invalid, "max_deliver",
        QT_TRANSLATE_NOOP("JetStream", "There must be more deliveries than waits between them. Raise the number.")},
    {10118, Kind::NotReady, "",
        QT_TRANSLATE_NOOP("JetStream", "The stream is offline: the pods that hold it are not there. Wait for them.")},
    {10121, Kind::Invalid, "max_ack_pending",
        QT_TRANSLATE_NOOP("JetStream", "That is more than the server, account or stream allows. Enter less.")},
    {10122, Kind::Invalid, "max_bytes",
        QT_TRANSLATE_NOOP("JetStream", "The account allows streams less than that. Enter a smaller limit.")},
    {10123, Kind::Invalid, "placement.cluster",
        QT_TRANSLATE_NOOP(
            "JetStream", "A stream can't be moved and get another number of copies at once. Do one after the other.")},
    {10130, Kind::Conflict, "name",
        QT_TRANSLATE_NOOP("JetStream",
            "The account has a stream of that name. Delete it, or choose another account, then restore again.")},
    {10136, Kind::Invalid, "filter_subjects",
        QT_TRANSLATE_NOOP("JetStream", "One filter and a list of filters can't stand together.")},
    {10137, Kind::Invalid, "filter_subjects",
        QT_TRANSLATE_NOOP("JetStream", "The server does not take several filters here. Use one.")},
    {10138, Kind::Invalid, "filter_subjects",
        QT_TRANSLATE_NOOP("JetStream", "Two of the filter subjects overlap. Keep one of them.")},
    {10139, Kind::Invalid, "filter_subjects",
        QT_TRANSLATE_NOOP("JetStream", "One of the filter subjects is empty. Remove it.")},
    {10140, Kind::Invalid, "sources",
        QT_TRANSLATE_NOOP(
            "JetStream", "Two of the sources are the same. Remove one, or give each a filter of its own.")},
    {10141, Kind::Invalid, "sources",
        QT_TRANSLATE_NOOP("JetStream", "One of the sources has a name that no stream can have.")},
    {10142, Kind::Invalid, "mirror",
        QT_TRANSLATE_NOOP("JetStream", "No stream can have the name of the mirror's origin.")},
    {10143, Kind::Invalid, "first_seq",
        QT_TRANSLATE_NOOP("JetStream", "A mirror has the sequences of its origin. Leave it empty.")},
    {10144, Kind::Invalid, "sources",
        QT_TRANSLATE_NOOP("JetStream", "A source takes a filter subject or transforms, not both.")},
    {10145, Kind::Invalid, "sources",
        QT_TRANSLATE_NOOP("JetStream", "A source's transform has a subject that is none.")},
    {10146, Kind::Invalid, "sources",
        QT_TRANSLATE_NOOP("JetStream", "A source's transform has a destination that can't be.")},
    {10147, Kind::Invalid, "sources",
        QT_TRANSLATE_NOOP("JetStream", "Transforms of one source overlap. Keep one of them.")},
    {10148, Kind::Conflict, "durable_name",
        QT_TRANSLATE_NOOP("JetStream", "The stream has a consumer of that name already. Choose another name.")},
    {10149, Kind::NotFound, "",
        QT_TRANSLATE_NOOP("JetStream", "The consumer is not there any more. Somebody else may have deleted it.")},
    {10150, Kind::Invalid, "mirror",
        QT_TRANSLATE_NOOP("JetStream", "A mirror takes a filter subject or transforms, not both.")},
    {10151, Kind::Invalid, "mirror",
        QT_TRANSLATE_NOOP("JetStream", "The mirror's transform has a subject that is none.")},
    {10152, Kind::Invalid, "mirror",
        QT_TRANSLATE_NOOP("JetStream", "Transforms of the mirror overlap. Keep one of them.")},
    {10154, Kind::Invalid, "mirror",
        QT_TRANSLATE_NOOP("JetStream", "The mirror's transform has a destination that can't be.")},
    {10155, Kind::Invalid, "subject_transform.src",
        QT_TRANSLATE_NOOP("JetStream", "This is no subject that messages could have.")},
    {10156, Kind::Invalid, "subject_transform.dest",
        QT_TRANSLATE_NOOP(
            "JetStream", "Subjects can't become this. Write a wildcard of the source as {{wildcard(1)}}.")},
    {10159, Kind::Invalid, "priority_groups",
        QT_TRANSLATE_NOOP("JetStream", "A priority policy needs a group: name the one that workers give.")},
    {10161, Kind::Invalid, "priority_groups",
        QT_TRANSLATE_NOOP("JetStream", "One of the priority groups is empty. Remove it.")},
    {10162, Kind::Invalid, "priority_groups",
        QT_TRANSLATE_NOOP("JetStream", "A priority group has 1 to 16 letters, digits and - _ / =.")},
    {10173, Kind::Invalid, "allow_msg_counter",
        QT_TRANSLATE_NOOP("JetStream", "A mirror takes nothing from publishers: it is for the origin.")},
    {10178, Kind::Invalid, "priority_groups",
        QT_TRANSLATE_NOOP("JetStream", "A consumer that pushes has no priority groups.")},
    {10185, Kind::Invalid, "",
        QT_TRANSLATE_NOOP("JetStream", "The server is too old for this. Update the runtime first.")},
    {10186, Kind::Invalid, "allow_msg_schedules",
        QT_TRANSLATE_NOOP("JetStream", "A mirror takes nothing from publishers: it is for the origin.")},
    {10187, Kind::Invalid, "allow_msg_schedules",
        QT_TRANSLATE_NOOP("JetStream", "A stream with sources takes no scheduled messages.")},
    {10196, Kind::Invalid, "priority_groups",
        QT_TRANSLATE_NOOP("JetStream", "Groups have no use without a priority policy. Choose one, or remove them.")},
    {10197, Kind::Invalid, "priority_timeout",
        QT_TRANSLATE_NOOP("JetStream", "It has no use without a priority policy. Choose one, or leave it empty.")},
    {10198, Kind::Invalid, "allow_atomic",
        QT_TRANSLATE_NOOP("JetStream", "A mirror takes nothing from publishers: it is for the origin.")},
    {10209, Kind::Invalid, "allow_batched",
        QT_TRANSLATE_NOOP("JetStream", "A mirror takes nothing from publishers: it is for the origin.")},
    {10226, Kind::Conflict, "",
        QT_TRANSLATE_NOOP("JetStream",
            "The stream is being moved or scaled. Wait until that has ended, then try "
            "again.")},
};

struct Hint {
    int code;
    const char *words;
    const char *field;
    const char *summary = nullptr; // better than the server's own words
};

// Some codes stand for many reasons: which field it is stands in the text (nats-server, stream.go, consumer.go and
// jetstream_cluster.go).
const Hint hints[] = {
    {10005, "insufficient storage", "max_bytes",
        QT_TRANSLATE_NOOP("JetStream",
            "The servers don't have that much storage left. Ask for less, free some, or enlarge the storage.")},
    {10005, "tags not matched", "placement.tags",
        QT_TRANSLATE_NOOP("JetStream", "Too few servers have all of these tags. Remove one, or tag more servers.")},
    {10052, "max age", "max_age"},
    {10052, "description", "description"},
    {10052, "stream metadata", "metadata"},
    {10052, "counter stream", "allow_msg_counter"},
    {10052, "message counter setting", "allow_msg_counter"},
    {10052, "message schedul", "allow_msg_schedules"},
    {10052, "persist mode", "persist_mode"},
    {10052, "subject delete marker", "subject_delete_marker_ttl"},
    {10052, "message TTL", "allow_msg_ttl"},
    {10052, "configuration for republish", "republish.dest"},
    {10052, "external api prefix", "sources"},
    {10052, "detected cycle", "sources"},
    {10052, "preferred server", "placement.cluster"},
    {10052, "roll-ups", "deny_purge"},
    {10052, "discard new per subject", "discard_new_per_subject"},
    {10052, "duplicates window", "duplicate_window"},
    {10052, "retention policy", "retention"},
    {10052, "storage type", "storage"},
    {10052, "deny message deletes", "deny_delete"},
    {10052, "deny purge", "deny_purge"},
    {10052, "MaxConsumers", "max_consumers"},
    {10069, "limits violates consumers", "consumer_limits.max_ack_pending"},
    {10052, "replicas", "num_replicas"},
    {10052, "maximum subjects", "subjects"},
    {10052, "subject", "subjects"},
    {10052, "capturing all", "subjects"},
    {10052, "max bytes", "max_bytes"},
    {10077, "maximum", "",
        QT_TRANSLATE_NOOP("JetStream",
            "The stream is full and refuses new messages (discard: new). Raise its limit, or "
            "purge what is not needed.")},
    {10094, "last per subject", "filter_subjects"},
    {10094, "start sequence", "opt_start_seq"},
    {10094, "start time", "opt_start_time"},
};

const Hint *hintIn(int code, const QString &description)
{
    const auto found = std::find_if(std::begin(hints), std::end(hints), [&](const Hint &hint) {
        return hint.code == code && description.contains(QLatin1String(hint.words), Qt::CaseInsensitive);
    });
    return found == std::end(hints) ? nullptr : found;
}

// The coarse `code` follows HTTP.
Kind kindFromStatus(int status)
{
    switch (status) {
    case 400:
        return Kind::Invalid;
    case 401:
        return Kind::Unauthorized;
    case 403:
        return Kind::Forbidden;
    case 404:
        return Kind::NotFound;
    case 408:
        return Kind::Timeout;
    case 409:
        return Kind::Conflict;
    case 429:
        return Kind::Throttled;
    case 503:
        return Kind::NotReady;
    default:
        return Kind::Server;
    }
}

Error unknownError(const QJsonObject &error, const QString &detail)
{
    const QString summary = QCoreApplication::translate("JetStream", "JetStream refused: %1");
    return {kindFromStatus(error.value(QLatin1String("code")).toInt()),
        summary.arg(error.value(QLatin1String("description")).toString(QStringLiteral("?"))), detail, {}, {}};
}

} // namespace

std::optional<Error> jetStreamError(const QJsonObject &answer)
{
    const QJsonValue value = answer.value(QLatin1String("error"));
    if (value.isUndefined() || value.isNull())
        return std::nullopt;
    const QJsonObject error = value.toObject();
    const int code = error.value(QLatin1String("err_code")).toInt();
    const QString description = error.value(QLatin1String("description")).toString();
    const QString detail = QStringLiteral("%1 (%2)").arg(description).arg(code);

    const auto known =
        std::find_if(std::begin(knownErrors), std::end(knownErrors), [code](const auto &k) { return k.code == code; });
    if (known == std::end(knownErrors))
        return unknownError(error, detail);

    const auto translated = [](const char *words) { return QCoreApplication::translate("JetStream", words); };
    const Hint *hint = hintIn(code, description);
    const QString summary = translated(hint && hint->summary ? hint->summary : known->summary);
    const QLatin1String field(hint ? hint->field : known->field);
    FieldErrors fields;
    if (!field.isEmpty())
        // without a summary of its own, a hint's reason is told best by the server's words
        fields.append({field, hint && !hint->summary ? description : summary});
    return Error{known->kind, summary, detail, fields, {}};
}
