// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messagetablemodel.h"
#include "services/base/pending.h"
#include "services/domain/stream.h"

#include <QWidget>

class Clock;
class ElidingLabel;
class EmptyState;
class InlineMessage;
class MessageFilter;
class MessageOutput;
class MessagePager;
class MessageService;
class MessageView;
class PublishDialog;
class QMenu;
class QPushButton;
class QStackedLayout;
class RunningOperations;
class TableView;

/// The messages of one stream, in a window of its own: by sequence, subject and time, page by page or as they come,
/// each with its headers and payload. Looking makes no consumer and takes nothing from anybody.
class MessageBrowser final : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive it. `place` tells which cluster that is, in the window's title.
    MessageBrowser(
        MessageService &service, Clock &clock, const StreamId &stream, const QString &place, QWidget *parent = nullptr);
    ~MessageBrowser() override;

    const StreamId &stream() const { return m_stream; }
    /// Where an export is listed while it runs; it must outlive this. Nothing: nowhere.
    void listIn(RunningOperations *operations);
    /// Beside this window, with what was entered before.
    void showPublishing();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void nameControls();
    void layOut();
    QWidget *listPart();
    void connectAll();
    void renew();
    void renewPlace();
    void renewAccess();
    void renewButtons();
    QString nothingText() const;
    QString placeText() const;
    QString liveText() const;
    void land(bool atNewest);
    void followSelection();
    bool turnPage(int key);
    QList<StreamMessage> selectedMessages() const;
    void addActions(QMenu *menu);
    void askToExport();
    void askToDelete();
    void remove(const Stream &stream, const StreamMessage &message);
    void tellRemoval(const StreamMessage &message, const Result<void> &removed);
    void tick();

    MessageService &m_service;
    Clock &m_clock;
    StreamId m_stream;
    MessagePager *m_pager;
    MessageTableModel *m_model;
    TableView *m_table;
    EmptyState *m_empty;
    QStackedLayout *m_stack;
    MessageFilter *m_filter;
    InlineMessage *m_message;
    MessageOutput *m_output;
    MessageView *m_view;
    QPushButton *m_first;
    QPushButton *m_older;
    QPushButton *m_newer;
    QPushButton *m_last;
    QPushButton *m_pause;
    QPushButton *m_refresh;
    ElidingLabel *m_place;
    bool m_hasLanded = false;
    PublishDialog *m_publishing = nullptr;
    Pending<void> m_removal;
    Pending<void> m_nextTick;
};
