// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/streamfiles.h"

#include "services/base/background.h"
#include "services/domain/assetexport.h"
#include "services/messaging/streamimport.h"
#include "services/messaging/streamservice.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/filechooser.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/objects/exportdialog.h"
#include "widgets/streams/backupdialog.h"
#include "widgets/streams/importdialog.h"
#include "widgets/streams/restoredialog.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QMenu>

namespace {

QString importKind()
{
    return QStringLiteral("import");
}

QString backupKind()
{
    return QStringLiteral("backup");
}

/// Servers leave them out of a snapshot (tried with nats-server 2.14).
QStringList keptInMemory(const QList<Consumer> &consumers)
{
    QStringList names;
    for (const Consumer &consumer : consumers) {
        if (consumer.config.value(QLatin1String("mem_storage")).toBool())
            names.append(consumer.id.name);
    }
    return names;
}

} // namespace

StreamFiles::StreamFiles(StreamService &service, Page page)
    : m_service(service)
    , m_page(std::move(page))
{
}

void StreamFiles::addActions(QMenu *menu, const Stream &stream)
{
    menu->addAction(tr("Export…"), this, [this, stream] { exportStream(stream); });
    ::setAccess(menu->addAction(tr("Back up…"), this, [this, stream] { chooseBackup(stream); }),
        m_service.backups().backupAccess(stream));
}

void StreamFiles::fillNewMenu(QMenu *menu)
{
    menu->clear();
    menu->setToolTipsVisible(true);
    const Access create = m_service.createAccess();
    ::setAccess(menu->addAction(tr("Import from a file…"), this, &StreamFiles::chooseImport), create);
    ::setAccess(menu->addAction(tr("Import from the clipboard"), this,
                    [this] { importFrom(streamsIn(QGuiApplication::clipboard()->text().toUtf8())); }),
        create);
    menu->addSeparator();
    ::setAccess(menu->addAction(tr("Restore a backup…"), this, &StreamFiles::chooseRestore),
        m_service.backups().restoreAccess());
}

void StreamFiles::exportStream(const Stream &stream)
{
    auto *dialog = new ExportDialog(
        tr("Export the stream %1").arg(stream.id.name), stream.id.name,
        [config = stream.config](AssetForm form) { return ::exportStream(config, form); }, m_page.widget);
    dialog->open();
}

void StreamFiles::tell(const QString &title, const Error &error)
{
    m_page.message->setMessage(Tone::Bad, title, error.summary, error.detail);
    m_page.message->show();
}

void StreamFiles::chooseBackup(const Stream &stream)
{
    auto *chooser = new FileChooser(tr("Back up %1 to a new folder").arg(stream.id.name), backupKind(), m_page.widget);
    chooser->setObjectName(QStringLiteral("backupFileDialog"));
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setLabelText(QFileDialog::FileName, tr("Folder:"));
    chooser->setOption(QFileDialog::DontConfirmOverwrite); // nothing is overwritten
    chooser->selectFile(stream.id.name + QDateTime::currentDateTime().toString(QStringLiteral("'-'yyyy-MM-dd'-'HHmm")));
    connect(
        chooser, &QFileDialog::fileSelected, this, [this, stream](const QString &folder) { backUp(stream, folder); });
    chooser->open();
}

void StreamFiles::backUp(const Stream &stream, const QString &folder)
{
    FileChooser::rememberFolderOf(folder, backupKind());
    auto *dialog = new BackupDialog(m_service.backups().backUp(stream, folder), m_operations, m_page.widget);
    dialog->setLeftOut(keptInMemory(m_page.consumers(stream.id)));
    connect(dialog, &BackupDialog::againRequested, this, [this, stream] { chooseBackup(stream); });
    dialog->show();
}

void StreamFiles::chooseImport()
{
    auto *chooser = new FileChooser(tr("Import a stream"), importKind(), m_page.widget);
    chooser->setObjectName(QStringLiteral("importFileDialog"));
    chooser->setFileMode(QFileDialog::ExistingFile);
    chooser->setNameFilters({tr("Configurations (*.json *.yaml *.yml)"), tr("All files (*)")});
    connect(chooser, &QFileDialog::fileSelected, this, [this](const QString &file) {
        FileChooser::rememberFolderOf(file, importKind());
        importFrom(streamsInFile(file));
    });
    chooser->open();
}

void StreamFiles::importFrom(Pending<QList<ImportedStream>> reading)
{
    m_reading = std::move(reading);
    m_reading.then(this, [this](const Result<QList<ImportedStream>> &streams) {
        if (streams)
            adopt(*streams);
        else
            tell(tr("Nothing was imported"), streams.error());
    });
}

void StreamFiles::adopt(const QList<ImportedStream> &streams)
{
    if (streams.size() > 1) {
        auto *dialog = new ImportDialog(streams, m_page.accounts(), m_service, m_operations, m_page.widget);
        return dialog->open();
    }
    ImportedStream stream = streams.constFirst();
    if (stream.config.take(QLatin1String("sealed")).toBool()) // by a change only
        stream.unknown.append(QStringLiteral("sealed"));
    if (!m_page.begin(stream.config) || stream.unknown.isEmpty())
        return;
    m_page.message->setMessage(Tone::Warning, tr("A part of it was left out"),
        tr("A new stream can't be given: %1.").arg(stream.unknown.join(QStringLiteral(", "))));
    m_page.message->show();
}

void StreamFiles::chooseRestore()
{
    auto *chooser = new FileChooser(tr("Choose the folder of a backup"), backupKind(), m_page.widget);
    chooser->setObjectName(QStringLiteral("restoreFileDialog"));
    chooser->setFileMode(QFileDialog::Directory);
    connect(chooser, &QFileDialog::fileSelected, this, &StreamFiles::openRestore);
    chooser->open();
}

void StreamFiles::openRestore(const QString &folder)
{
    FileChooser::rememberFolderOf(folder, backupKind());
    m_opening = runInBackground<BackupFolder>(QThreadPool::globalInstance(), [folder] { return openBackup(folder); });
    m_opening.then(this, [this](const Result<BackupFolder> &backup) {
        if (backup)
            askToRestore(*backup);
        else
            tell(tr("Nothing was restored"), backup.error());
    });
}

void StreamFiles::askToRestore(const BackupFolder &backup)
{
    auto *dialog = new RestoreDialog(backup, m_page.accounts(), m_page.widget);
    const auto renew = [this, dialog] {
        dialog->setContext(m_service.context());
        dialog->setAccess(m_service.backups().restoreAccess());
    };
    connect(&m_service, &StreamService::accessChanged, dialog, renew);
    connect(&m_service, &StreamService::snapshotChanged, dialog, renew);
    connect(dialog, &RestoreDialog::confirmed, this, &StreamFiles::restore);
    renew();
    dialog->open();
}

void StreamFiles::restore(const QString &account, const BackupFolder &backup)
{
    auto *dialog = new BackupDialog(m_service.backups().restore(account, backup), m_operations, m_page.widget);
    connect(dialog, &BackupDialog::againRequested, this, [this, backup] { askToRestore(backup); });
    dialog->show();
}
