// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/accountwords.h"

#include "models/celltext.h"
#include "widgets/common/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("AccountWords", text);
}

QString runningTitle(AccountOperation::Kind kind)
{
    switch (kind) {
    case AccountOperation::Kind::Create:
        return say("The account is being created");
    case AccountOperation::Kind::Change:
        return say("The account is being changed");
    case AccountOperation::Kind::Rotate:
        return say("The password is being changed");
    case AccountOperation::Kind::EndOverlap:
        return say("The old login is being ended");
    case AccountOperation::Kind::Delete:
        return say("The account is being deleted");
    }
    return {};
}

QString failedTitle(AccountOperation::Kind kind)
{
    switch (kind) {
    case AccountOperation::Kind::Create:
        return say("The account was not created on every server");
    case AccountOperation::Kind::Change:
        return say("The account was not changed on every server");
    case AccountOperation::Kind::Rotate:
        return say("The password was not changed on every server");
    case AccountOperation::Kind::EndOverlap:
        return say("The old login was not ended on every server");
    case AccountOperation::Kind::Delete:
        return say("The account was not deleted completely");
    }
    return {};
}

} // namespace

QStringList belowUsed(const AccountLimits &limits, const AccountUse &used)
{
    QStringList said;
    if (limits.maxStreams && used.streams && *limits.maxStreams < *used.streams)
        said << say("It has %1 streams. New ones are refused (10027) until fewer than %2 are left or the limit is "
                    "raised.")
                    .arg(numberText(quint64(*used.streams)), numberText(quint64(std::max(*limits.maxStreams, 0))));
    if (limits.maxConsumers && used.mostConsumers && *limits.maxConsumers < *used.mostConsumers)
        said << say("One of its streams has %1 consumers. New ones of such a stream are refused (10026) until fewer "
                    "than %2 are left or the limit is raised.")
                    .arg(numberText(quint64(*used.mostConsumers)),
                        numberText(quint64(std::max(*limits.maxConsumers, 0))));
    const std::optional<ByteCount> most = limits.maxStorage();
    if (most && used.storage && most->bytes < used.storage->bytes)
        said << say("It stores %1. Publishing what would store more is refused (10002) until messages are deleted or "
                    "the limit is raised.")
                    .arg(used.storage->text());
    return said;
}

QString operationTitle(const AccountOperation &operation)
{
    return operation.state == AccountOperation::State::Failed ? failedTitle(operation.kind)
                                                              : runningTitle(operation.kind);
}

QString rolloutText(const QList<PodConfiguration> &pods)
{
    if (pods.isEmpty())
        return {};
    const auto loaded = std::count_if(pods.cbegin(), pods.cend(), [](const PodConfiguration &p) { return p.isLoaded; });
    if (pods.size() == 1)
        return loaded == 1 ? say("The pod runs the new configuration")
                           : say("The pod does not run the new configuration yet");
    return say("%1 of %2 pods run the new configuration").arg(loaded).arg(pods.size());
}

QStringList goneWith(const AccountRow &row, const std::optional<QList<Stream>> &streams)
{
    QStringList gone;
    if (streams) {
        quint64 messages = 0;
        ByteCount bytes;
        qint64 consumers = 0;
        qint64 count = 0;
        for (const Stream &stream : *streams) {
            if (stream.id.account != row.id)
                continue;
            ++count;
            messages += stream.messages;
            bytes.bytes += stream.bytes.bytes;
            consumers += std::max(stream.consumerCount, 0);
        }
        gone << counted(count, say("1 stream"), say("%1 streams"))
             << QStringLiteral("%1 (%2)").arg(
                    counted(qint64(messages), say("1 message"), say("%1 messages")), bytes.text())
             << counted(consumers, say("1 consumer"), say("%1 consumers"));
    } else {
        gone << say("All its streams, messages and consumers; how many is not known now");
    }
    if (row.used.connections.value_or(0) > 0)
        gone << counted(*row.used.connections, say("1 connected client, which is disconnected"),
            say("%1 connected clients, which are disconnected"));
    gone << say("Its Secrets, %1 among them, and with them every password").arg(row.account.connection.secretName);
    return gone;
}

QString permissionText(const QStringList &allowed, const QStringList &denied)
{
    const QString separator = QStringLiteral(", ");
    const QString may = allowed.isEmpty() ? say("everything") : allowed.join(separator);
    return denied.isEmpty() ? may : say("%1, but not %2").arg(may, denied.join(separator));
}
