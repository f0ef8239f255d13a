// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/access.h"

#include <QWidget>

class Clock;
class FilterBox;
class QAbstractItemView;
class QDateTimeEdit;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class SegmentedChoice;
class Switch;
class WrappingLabel;

/// The row above the messages: on which subject, where to go, whether to follow what comes, and what else can be done.
class MessageFilter final : public QWidget {
    Q_OBJECT

public:
    /// `clock` must outlive it; `rows` are where the keyboard goes on.
    MessageFilter(Clock &clock, QAbstractItemView *rows, QWidget *parent = nullptr);

    /// What the stream takes: shown as what may be asked for.
    void setSubjects(const QStringList &subjects);
    /// Before anybody has chosen a time.
    void setTime(const QDateTime &time);
    void setLive(bool isLive);
    void setReadAccess(const Access &access);
    QPushButton *publishButton() const { return m_publish; }
    QPushButton *exportButton() const { return m_export; }

Q_SIGNALS:
    /// A valid one, or none, typed to its end.
    void subjectChanged(const QString &subject);
    void sequenceWanted(quint64 sequence);
    void timeWanted(const QDateTime &time);
    void liveToggled(bool isLive);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setUpWhere();
    void setUpActions();
    void layOut();
    QString subject() const;
    void renewSubject();
    void applySubject();
    void go();

    Clock &m_clock;
    FilterBox *m_subject;
    SegmentedChoice *m_by;
    QStackedWidget *m_where;
    QLineEdit *m_sequence;
    QDateTimeEdit *m_time;
    QPushButton *m_go;
    Switch *m_live;
    QPushButton *m_publish;
    QPushButton *m_export;
    WrappingLabel *m_problem;
    Pending<void> m_typing;
};
