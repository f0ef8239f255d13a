// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/disablecard.h"

#include "widgets/common/confirmbytyping.h"
#include "widgets/common/dangercard.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/look.h"
#include "widgets/common/wrappinglabel.h"
#include "widgets/settings/changeplan.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

DisableCard::DisableCard(QWidget *parent)
    : QWidget(parent)
    , m_danger(new DangerCard(tr("Disable NATS"), {}, tr("Disable\u2026"), this))
    , m_error(new InlineMessage(this))
{
    m_danger->button()->setObjectName(QStringLiteral("disableNatsButton"));
    m_danger->button()->setAccessibleName(tr("Disable NATS"));
    m_error->setObjectName(QStringLiteral("disableErrorMessage"));
    m_error->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(m_danger);
    layout->addWidget(m_error);
    connect(m_danger, &DangerCard::triggered, this, &DisableCard::ask);
}

void DisableCard::setRuntime(const QString &cluster, const RuntimeStatus &status, const RuntimeUsage &usage)
{
    m_cluster = cluster;
    m_status = status;
    m_usage = usage;
    const QStringList losses = disableLosses(status.spec.value_or(RuntimeSpec{}), usage);
    m_danger->setText(tr("Removes %1. This can't be undone.").arg(losses.join(QStringLiteral(", "))));
}

void DisableCard::setAccess(const Access &access)
{
    ::setAccess(m_danger->button(), access);
    if (m_question)
        m_question->setAccess(access);
}

void DisableCard::setError(const std::optional<Error> &error)
{
    m_error->setVisible(error.has_value());
    if (error)
        m_error->setError(*error);
}

void DisableCard::ask()
{
    const ConfirmByTyping::Question question{
        tr("Disable NATS on %1").arg(m_cluster),
        tr("On the cluster %1, in namespace %2, the runtime and all that it holds is deleted, also what other people "
           "made. Clients lose their connection and can't come back with the credentials they have. This can't be "
           "undone. Gone will be:")
            .arg(m_cluster, m_status.nameSpace),
        disableLosses(m_status.spec.value_or(RuntimeSpec{}), m_usage),
        m_cluster, // the namespace has the same name on most of them
        tr("Disable NATS"),
    };
    auto *dialog = new ConfirmByTyping(question, this);
    m_question = dialog;
    m_fate = new WrappingLabel;
    m_fate->setObjectName(QStringLiteral("namespaceFateLabel"));
    m_fate->setText(tr("Looking what else is in the namespace %1…").arg(m_status.nameSpace));
    dialog->addWidget(m_fate);
    connect(dialog, &ConfirmByTyping::confirmed, this,
        [this, confirmed = m_status.identity()] { Q_EMIT disableRequested(confirmed); });
    dialog->open();
    Q_EMIT fateWanted();
}

void DisableCard::setFate(const Result<NamespaceFate> &fate)
{
    if (!m_fate)
        return;
    m_fate->setText(fate
            ? fateText(m_status.nameSpace, *fate)
            : tr("Whether the namespace %1 stays can't be told: %2").arg(m_status.nameSpace, fate.error().summary));
    m_fate->window()->adjustSize();
}
