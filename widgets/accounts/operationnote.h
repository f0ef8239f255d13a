// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/account.h"
#include "services/messaging/configurationrollout.h"

#include <QWidget>

class InlineMessage;
class QVBoxLayout;

/// What is being done to an account, how far it has come to each pod, and what became of it where it failed. Hidden
/// where there is nothing to say.
class OperationNote final : public QWidget {
    Q_OBJECT

public:
    explicit OperationNote(QWidget *parent = nullptr);

    /// `pods` as AccountService::rollout(); `now` is what times are counted from.
    void setOperation(const std::optional<AccountOperation> &operation, const QList<PodConfiguration> &pods,
        const QDateTime &now, bool isWaiting = false);
    void setRetryAccess(const Access &access);

Q_SIGNALS:
    void retryRequested();

private:
    void showWaiting();
    void showPods(const QList<PodConfiguration> &pods);

    InlineMessage *m_message;
    QWidget *m_podLines;
    QVBoxLayout *m_lines;
    QList<PodConfiguration> m_pods;
};
