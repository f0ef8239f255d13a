// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/domain/access.h"
#include "services/domain/namespacefate.h"
#include "services/domain/runtime.h"
#include "services/domain/runtimeusage.h"

#include <QPointer>
#include <QWidget>

#include <optional>

class ConfirmByTyping;
class DangerCard;
class InlineMessage;
class WrappingLabel;

/// The way out: says what **Disable NATS** takes away and where, and has a person type the cluster's name before it
/// asks for it.
class DisableCard final : public QWidget {
    Q_OBJECT

public:
    explicit DisableCard(QWidget *parent = nullptr);

    void setRuntime(const QString &cluster, const RuntimeStatus &status, const RuntimeUsage &usage);
    void setAccess(const Access &access);
    void setError(const std::optional<Error> &error);
    /// Answers fateWanted().
    void setFate(const Result<NamespaceFate> &fate);

Q_SIGNALS:
    /// Somebody is being asked, and is to know what becomes of the namespace.
    void fateWanted();
    /// The name was typed; `confirmed` is what there was when the question was asked.
    void disableRequested(const RuntimeIdentity &confirmed);

private:
    void ask();

    QString m_cluster;
    RuntimeStatus m_status;
    RuntimeUsage m_usage;
    DangerCard *m_danger;
    InlineMessage *m_error;
    QPointer<ConfirmByTyping> m_question; ///< while somebody is being asked
    QPointer<WrappingLabel> m_fate; ///< while somebody is being asked
};
