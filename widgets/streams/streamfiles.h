// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/assetimport.h"
#include "services/domain/consumer.h"
#include "services/messaging/backupservice.h"

#include <QObject>

#include <functional>
#include <memory>

class InlineMessage;
class QMenu;
class QWidget;
class RunningOperations;
class StreamService;

/// What a person does with streams as files: export, import, back up, restore. Belongs to the page of streams, over
/// which its dialogs stand.
class StreamFiles final : public QObject {
    Q_OBJECT

public:
    struct Page {
        QWidget *widget;
        InlineMessage *message; ///< above the list
        std::function<QStringList()> accounts;
        std::function<QList<Consumer>(const StreamId &stream)> consumers; ///< as far as they are known
        std::function<bool(const QJsonObject &config)> begin; ///< a new one, in the form; false: another was begun
    };

    /// `service` must outlive it.
    StreamFiles(StreamService &service, Page page);

    /// Where what runs is listed; it must outlive this and the page.
    void listIn(RunningOperations &operations) { m_operations = &operations; }
    /// What can be done with a stream that is there.
    void addActions(QMenu *menu, const Stream &stream);
    /// Where a new one can come from; asked for anew whenever the menu is about to be shown.
    void fillNewMenu(QMenu *menu);

private:
    void exportStream(const Stream &stream);
    void chooseBackup(const Stream &stream);
    void backUp(const Stream &stream, const QString &folder);
    void chooseImport();
    void importFrom(Pending<QList<ImportedStream>> reading);
    void adopt(const QList<ImportedStream> &streams);
    void chooseRestore();
    void openRestore(const QString &folder);
    void askToRestore(const BackupFolder &backup);
    void restore(const QString &account, const BackupFolder &backup);
    void tell(const QString &title, const Error &error);

    StreamService &m_service;
    Page m_page;
    RunningOperations *m_operations = nullptr;
    Pending<QList<ImportedStream>> m_reading;
    Pending<BackupFolder> m_opening;
};
