// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspacebanners.h"

#include "widgets/common/banner.h"
#include "widgets/common/momenttext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

QString tryText()
{
    return WorkspaceBanners::tr("Try rig&ht now");
}

/// What others say (a plugin, a server) goes on with our words after it.
QString sentence(const QString &words)
{
    const QString text = words.trimmed();
    const bool isEnded = text.isEmpty() || QStringLiteral(".!?\u2026").contains(text.back());
    return isEnded ? text : text + QLatin1Char('.');
}

} // namespace

WorkspaceBanners::WorkspaceBanners(const QString &cluster, QWidget *parent)
    : QWidget(parent)
    , m_cluster(cluster)
    , m_login(new Banner(this))
    , m_credentials(new Banner(this))
    , m_ledElsewhere(new Banner(this))
    , m_closed(new Banner(this))
    , m_loginWarning(new Banner(this))
    , m_archived(new Banner(this))
    , m_connection(new Banner(this))
    , m_elsewhere(new Banner(this))
    , m_handedOver(new Banner(this))
    , m_warning(new Banner(this))
    , m_outcome(new Banner(this))
{
    m_login->setObjectName(QStringLiteral("loginBanner"));
    m_login->setAction(tr("Copy"));
    m_login->actionButton()->setAccessibleName(tr("Copy what the login says"));
    m_credentials->setObjectName(QStringLiteral("credentialsBanner"));
    m_credentials->setAction(tr("Read it again"));
    m_credentials->actionButton()->setAccessibleName(tr("Read the kubeconfig again"));
    m_ledElsewhere->setObjectName(QStringLiteral("ledElsewhereBanner"));
    m_ledElsewhere->setAction(tr("Open anew"));
    m_ledElsewhere->actionButton()->setAccessibleName(tr("Open the cluster where the kubeconfig leads now"));
    m_closed->setObjectName(QStringLiteral("closedBanner"));
    m_closed->setAction(tr("Dismiss"));
    m_loginWarning->setObjectName(QStringLiteral("loginWarningBanner"));
    m_archived->setObjectName(QStringLiteral("archivedBanner"));
    m_archived->setAction(tr("Show in Settings"));
    m_archived->actionButton()->setAccessibleName(tr("Show in Settings who archived the cluster"));
    m_connection->setObjectName(QStringLiteral("connectionBanner"));
    m_connection->setAction(tryText());
    m_connection->actionButton()->setAccessibleName(tr("Try to reach the cluster now"));
    m_elsewhere->setObjectName(QStringLiteral("elsewhereBanner"));
    m_handedOver->setObjectName(QStringLiteral("handedOverBanner"));
    m_warning->setObjectName(QStringLiteral("warningBanner"));
    m_warning->setAction(tr("Dismiss"));
    m_outcome->setObjectName(QStringLiteral("outcomeBanner"));
    m_outcome->setAction(tr("Dismiss"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (Banner *banner : {m_login, m_credentials, m_ledElsewhere, m_closed, m_loginWarning, m_archived, m_connection,
             m_elsewhere, m_handedOver, m_warning, m_outcome})
        layout->addWidget(banner);
    connect(m_login, &Banner::actionTriggered, this,
        [this] { QGuiApplication::clipboard()->setText(m_login->accessibleName()); });
    connect(m_credentials, &Banner::actionTriggered, this, &WorkspaceBanners::reloadRequested);
    connect(m_ledElsewhere, &Banner::actionTriggered, this, &WorkspaceBanners::reopenRequested);
    connect(m_closed, &Banner::actionTriggered, this, [this] { setClosed({}); });
    connect(m_archived, &Banner::actionTriggered, this, &WorkspaceBanners::archiveRequested);
    connect(m_connection, &Banner::actionTriggered, this, &WorkspaceBanners::tryNow);
    connect(m_elsewhere, &Banner::actionTriggered, this, &WorkspaceBanners::elsewhereRequested);
    connect(m_warning, &Banner::actionTriggered, this, [this] { setWarning({}); });
    connect(m_outcome, &Banner::actionTriggered, this, &WorkspaceBanners::outcomeDismissed);
}

/// Where its button had the keyboard and goes with it, somebody else is to have that.
void WorkspaceBanners::tell(Banner *banner, Tone tone, const QString &text)
{
    const bool hadKeyboard = banner->actionButton()->hasFocus();
    banner->setMessage(tone, text);
    if (hadKeyboard && text.isEmpty())
        Q_EMIT keyboardReleased();
}

void WorkspaceBanners::setFreshness(const Freshness &freshness)
{
    if (freshness.state == Freshness::State::Live || freshness.why.isEmpty()) {
        hideConnection();
        return;
    }
    if (freshness.state == Freshness::State::Syncing) {
        m_connection->setMessage(Tone::Bad, tr("%1 Pennant keeps trying.").arg(sentence(freshness.why)));
        return;
    }
    m_connection->setMessage(Tone::Warning,
        tr("Stale since %1: %2 What you see is what was known then. Pennant keeps trying.")
            .arg(momentText(freshness.since), sentence(freshness.why)));
}

void WorkspaceBanners::setWaitingFor(const QString &text)
{
    tell(m_login, Tone::Accent, text);
}

void WorkspaceBanners::setLoginWarning(const QString &text)
{
    tell(m_loginWarning, Tone::Warning, text);
}

void WorkspaceBanners::setArchived(const QString &text)
{
    tell(m_archived, Tone::Neutral, text);
}

void WorkspaceBanners::tryNow()
{
    // stays enabled, or the keyboard would go elsewhere
    m_connection->setAction(tr("Trying…"));
    Q_EMIT tryRequested();
}

void WorkspaceBanners::noteAttemptFailed()
{
    m_connection->setAction(tryText());
}

void WorkspaceBanners::hideConnection()
{
    tell(m_connection, Tone::Neutral, {});
    m_connection->setAction(tryText());
}

void WorkspaceBanners::setCredentialsProblem(const std::optional<Error> &problem)
{
    if (!problem)
        return tell(m_credentials, Tone::Neutral, {});
    m_credentials->setMessage(Tone::Warning,
        tr("What the kubeconfig holds for %1 now can't be used: %2 Pennant goes on with the credentials it has, for as "
           "long as they last. Mend the kubeconfig; it is read again when it is saved.")
            .arg(m_cluster, problem->summary));
}

void WorkspaceBanners::setLedElsewhere(const QString &before)
{
    tell(m_ledElsewhere, Tone::Warning,
        before.isEmpty() ? QString()
                         : tr("The kubeconfig leads %1 elsewhere now. What you see is still what %2 sees, because you "
                              "have entered something here; opening it anew discards that.")
                               .arg(m_cluster, before));
}

void WorkspaceBanners::setClosed(const QStringList &clusters)
{
    tell(m_closed, Tone::Neutral,
        clusters.isEmpty() ? QString()
                           : tr("Closed, because the kubeconfig leads elsewhere now: %1. Opened again, they show what "
                                "is there.")
                                 .arg(clusters.join(QStringLiteral(", "))));
}

void WorkspaceBanners::setWarning(const QString &text)
{
    tell(m_warning, Tone::Warning, text);
}

void WorkspaceBanners::setHandedOver(bool isHandedOver)
{
    tell(m_handedOver, Tone::Warning,
        isHandedOver
            ? tr("This workstation no longer carries out the operation on NATS, because Pennant is read-only here now. "
                 "Another one with write access that has this cluster open goes on, or this one once changes are "
                 "allowed again.")
            : QString());
}

void WorkspaceBanners::setElsewhere(const QString &shown, const QStringList &others)
{
    if (others.isEmpty())
        return tell(m_elsewhere, Tone::Neutral, {});
    const QString words = others.size() == 1
        ? tr("NATS is enabled in namespace %1 of this cluster. What you see is namespace %2.")
        : tr("NATS is enabled in other namespaces of this cluster: %1. What you see is namespace %2.");
    m_elsewhere->setMessage(Tone::Accent, words.arg(others.join(QStringLiteral(", ")), shown));
    m_elsewhere->setAction(others.size() == 1 ? tr("Show it") : tr("Choose…"));
}

void WorkspaceBanners::setOutcome(const QString &text)
{
    tell(m_outcome, Tone::Good, text);
}
