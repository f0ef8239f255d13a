// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/assetimport.h"

#include <QObject>

#include <functional>

class ConsumerService;
class InlineMessage;
class QMenu;
class QWidget;

/// Consumers that come out of files and the clipboard. Belongs to the page of consumers, over which its dialogs stand.
class ConsumerFiles final : public QObject {
    Q_OBJECT

public:
    struct Page {
        QWidget *widget;
        InlineMessage *message; ///< above the list
        std::function<QDateTime()> now;
        std::function<bool(const ImportedConsumer &consumer)> begin; ///< in the form; false: another was begun
    };

    /// `service` must outlive it.
    ConsumerFiles(ConsumerService &service, Page page);

    /// Where a new one can come from; asked for anew whenever the menu is about to be shown.
    void fillNewMenu(QMenu *menu);

private:
    void chooseFile();
    void importFrom(Pending<QList<ImportedConsumer>> reading);
    void askWhich(const QList<ImportedConsumer> &consumers);

    ConsumerService &m_service;
    Page m_page;
    Pending<QList<ImportedConsumer>> m_reading;
};
