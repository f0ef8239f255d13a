// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/questiondialog.h"

#include <QStringList>

/// What is lost where clusters are closed.
struct ClosingLosses {
    QStringList drafts; ///< names of the clusters in whose forms something is entered and not sent
    QStringList operations; ///< titles of what runs there and would be stopped

    bool isEmpty() const { return drafts.isEmpty() && operations.isEmpty(); }
    bool operator==(const ClosingLosses &) const = default;
};

/// Asks before what was entered in the forms of a cluster is lost, and before what runs there is stopped: one question
/// for both. Return and Escape keep it.
class DiscardQuestion final : public QuestionDialog {
    Q_OBJECT

public:
    static DiscardQuestion *beforeClosing(const QString &cluster, const ClosingLosses &losses, QWidget *parent);
    static DiscardQuestion *beforeQuitting(const ClosingLosses &losses, QWidget *parent);
    static DiscardQuestion *beforeReopening(const QString &cluster, const ClosingLosses &losses, QWidget *parent);
    static DiscardQuestion *beforeShowing(
        const QString &nameSpace, const QString &cluster, const ClosingLosses &losses, QWidget *parent);

Q_SIGNALS:
    void discarded();

private:
    struct Words {
        QString title;
        QString draftsText; ///< what becomes of what was entered
        QString discard; ///< the button, where only that is lost
        QString stop; ///< the same where only something is stopped
        QString both;
    };

    DiscardQuestion(const Words &words, const ClosingLosses &losses, QWidget *parent);
};
