// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/objects/dialogs.h"

#include "services/domain/assetexport.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/consumers/resetdialog.h"
#include "widgets/objects/exportdialog.h"
#include "widgets/streams/backupdialog.h"
#include "widgets/streams/restoredialog.h"

#include <QJsonArray>

namespace {

const QString folder = QStringLiteral("/home/ana/Backups/ORDERS-2026-11-30-1445");

QJsonObject config()
{
    return {{QStringLiteral("name"), QStringLiteral("ORDERS")},
        {QStringLiteral("subjects"), QJsonArray{QStringLiteral("orders.>"), QStringLiteral("returns.*.eu")}},
        {QStringLiteral("description"), QStringLiteral("What the shop's customers order")},
        {QStringLiteral("retention"), QStringLiteral("limits")}, {QStringLiteral("storage"), QStringLiteral("file")},
        {QStringLiteral("num_replicas"), 3}, {QStringLiteral("max_age"), qint64(604'800'000'000'000)},
        {QStringLiteral("max_bytes"), qint64(10'737'418'240)}, {QStringLiteral("discard"), QStringLiteral("old")},
        {QStringLiteral("compression"), QStringLiteral("s2")}, {QStringLiteral("allow_direct"), true},
        {QStringLiteral("duplicate_window"), qint64(120'000'000'000)}, {QStringLiteral("sealed"), true},
        {QStringLiteral("of_tomorrow"), 5},
        {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("team"), QStringLiteral("shop & billing")}}}};
}

QDialog *exportDialog(const QString &show)
{
    auto *dialog = new ExportDialog(QStringLiteral("Export the stream ORDERS"), QStringLiteral("ORDERS"),
        [](AssetForm form) { return exportStream(config(), form); });
    const bool isCommand = show == QLatin1String("export-cli");
    const AssetForm form = isCommand           ? AssetForm::Command
        : show == QLatin1String("export-nack") ? AssetForm::Nack
                                               : AssetForm::Json;
    dialog->findChild<SegmentedChoice *>()->setCurrentData(int(form));
    return dialog;
}

QDialog *backupDialog(const QString &show)
{
    const bool isBackup = show.startsWith(QLatin1String("backup"));
    const auto job = std::make_shared<BackupJob>(isBackup ? BackupJob::Kind::Backup : BackupJob::Kind::Restore,
        StreamId{QStringLiteral("orders"), QStringLiteral("ORDERS")}, folder);
    job->note(BackupJob::Step::Copying, 512'000'000, 1'300'000'000);
    auto *dialog = new BackupDialog(job, nullptr);
    const BackupCounts said{1'204'518, {1'300'000'000}, 88'210, 1'292'727, 4};
    BackupCounts found = said;
    if (show == QLatin1String("restore-other"))
        found.messages -= 12;
    if (show == QLatin1String("backup-failed"))
        job->finish(fail(Error::Kind::Offline,
            QStringLiteral(
                "The connection broke, or the server stopped sending, before the backup's end. Begin again."),
            QStringLiteral("read: connection reset by peer")));
    else if (show != QLatin1String("backup") && show != QLatin1String("restore-running"))
        job->finish(BackupJob::Outcome{said, found, folder, 402'000'000,
            QByteArrayLiteral("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")});
    return dialog;
}

QDialog *restoreDialog(const QString &show)
{
    const QJsonObject state{{QStringLiteral("messages"), 1'204'518}, {QStringLiteral("bytes"), 1'300'000'000},
        {QStringLiteral("first_seq"), 88'210}, {QStringLiteral("last_seq"), 1'292'727},
        {QStringLiteral("consumer_count"), 4}};
    auto *dialog = new RestoreDialog({folder, {config(), state}, folder, 402'000'000, {}},
        {QStringLiteral("default"), QStringLiteral("edge"), QStringLiteral("orders")});
    StreamContext context;
    if (show == QLatin1String("restore-taken"))
        context.existing = {{{QStringLiteral("default"), QStringLiteral("ORDERS")}, {QStringLiteral("orders.>")}}};
    dialog->setContext(context);
    return dialog;
}

QDialog *resetDialog()
{
    Stream stream;
    stream.id = {QStringLiteral("default"), QStringLiteral("ORDERS")};
    stream.config = config();
    stream.messages = 1'204'518;
    stream.firstSequence = 88'210;
    stream.lastSequence = 1'292'727;
    Consumer consumer;
    consumer.id = {stream.id, QStringLiteral("billing-worker")};
    consumer.config = {{QStringLiteral("durable_name"), consumer.id.name},
        {QStringLiteral("ack_policy"), QStringLiteral("explicit")}, {QStringLiteral("max_deliver"), 5}};
    consumer.deliveredUpTo = 1'292'700;
    consumer.ackFloor = 1'292'412;
    consumer.ackPending = 31;
    return new ResetDialog(consumer, stream, ResetManner::Recreation);
}

} // namespace

QDialog *streamDialog(const QString &show)
{
    if (show == QLatin1String("again-anew"))
        return resetDialog();
    if (show.startsWith(QLatin1String("export")))
        return exportDialog(show);
    if (show == QLatin1String("restore") || show == QLatin1String("restore-taken"))
        return restoreDialog(show);
    return backupDialog(show);
}
