// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/topline.h"

#include "app/namespacebutton.h"
#include "app/statustext.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/plaintooltip.h"
#include "widgets/common/statusbadge.h"
#include "widgets/common/statusdot.h"
#include "widgets/common/tag.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace {

constexpr int widestName = 220;

QLabel *createCrumb(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    setTextRole(label, Look::SoftText);
    return label;
}

void addCrumbs(QHBoxLayout &layout, const QString &cluster, QWidget *parent)
{
    auto *name = new ElidingLabel(cluster, parent);
    name->setElideMode(Qt::ElideMiddle);
    name->setMinimumWidth(std::min(name->sizeHint().width(), widestName));
    name->setMaximumWidth(widestName);
    setTextRole(name, Look::SoftText);
    auto *place = new QLabel(TopLine::tr("Messaging"), parent);
    place->setFont(Look::titleFont());
    layout.addWidget(name);
    layout.addWidget(createCrumb(QStringLiteral("›"), parent));
    layout.addWidget(createCrumb(TopLine::tr("Cluster Services"), parent));
    layout.addWidget(createCrumb(QStringLiteral("›"), parent));
    layout.addWidget(place);
}

} // namespace

TopLine::TopLine(const QString &cluster, const QString &nameSpace, Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_environment(new Tag({}, Tone::Neutral, this))
    , m_nameSpace(new NamespaceButton(nameSpace, this))
    , m_tlsBadge(new StatusBadge(Tone::Warning, tr("TLS not verified"), this))
    , m_badge(new StatusBadge(this))
    , m_archivedBadge(new StatusBadge(Tone::Neutral, tr("Archived"), this))
    , m_readOnlyButton(new QPushButton(Icons::icon(Icons::Name::Lock), tr("Read-only"), this))
    , m_foreignTag(new Tag(tr("Read-only"), Tone::Accent, this))
    , m_foreignPlace(new ElidingLabel({}, this))
    , m_own(new QPushButton(tr("Pennant's runtime"), this))
    , m_dot(new StatusDot(Tone::Neutral, this))
    , m_freshnessLabel(new ElidingLabel({}, this))
{
    setFixedHeight(Look::topHeight);
    const QString danger =
        tr("The kubeconfig sets insecure-skip-tls-verify for this cluster: anyone on the way could answer in its place "
           "and read your credentials. Set certificate-authority there instead.");
    m_tlsBadge->setObjectName(QStringLiteral("tlsBadge"));
    m_tlsBadge->setToolTip(danger);
    m_tlsBadge->setAccessibleDescription(danger);
    m_foreignTag->setObjectName(QStringLiteral("foreignTag"));
    m_foreignPlace->setObjectName(QStringLiteral("foreignPlaceLabel"));
    m_foreignPlace->setFont(Look::titleFont());
    m_foreignPlace->setElideMode(Qt::ElideMiddle);
    m_own->setObjectName(QStringLiteral("ownRuntimeButton"));
    m_own->setAccessibleName(tr("Back to the runtime that is Pennant's"));
    connect(m_own, &QPushButton::clicked, this, &TopLine::ownRequested);
    m_badge->setObjectName(QStringLiteral("runtimeBadge"));
    m_archivedBadge->setObjectName(QStringLiteral("archivedBadge"));
    m_readOnlyButton->setObjectName(QStringLiteral("readOnlyButton"));
    m_readOnlyButton->setProperty("flat", true);
    connect(m_readOnlyButton, &QPushButton::clicked, this, &TopLine::changesRequested);
    m_freshnessLabel->setObjectName(QStringLiteral("freshnessLabel"));
    m_freshnessLabel->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setTextRole(m_freshnessLabel, Look::SoftText);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Look::pageMargin, 0, Look::pageMargin, 0);
    layout->setSpacing(Look::spaceS);
    m_environment->setObjectName(QStringLiteral("environmentTag"));
    layout->addWidget(m_environment);
    addCrumbs(*layout, cluster, this);
    layout->addWidget(m_nameSpace);
    layout->addWidget(m_foreignPlace);
    layout->addWidget(m_foreignTag);
    layout->addWidget(m_tlsBadge);
    layout->addWidget(m_badge);
    layout->addWidget(m_archivedBadge);
    layout->addWidget(m_readOnlyButton);
    layout->addStretch(1);
    layout->addWidget(m_own);
    layout->addWidget(m_dot);
    layout->addWidget(m_freshnessLabel);
    setEnvironment({});
    setTlsVerified(true);
    setStatus({});
    setFreshness({});
    setProtection({});
    setForeign({}, {});
}

void TopLine::setEnvironment(const ClusterEnvironment &environment)
{
    m_environment->setText(environment.label);
    m_environment->setTone(environmentTone(environment.color));
    m_environment->setVisible(!environment.label.isEmpty());
}

void TopLine::setTlsVerified(bool verified)
{
    m_tlsBadge->setVisible(!verified);
}

void TopLine::setForeign(const QString &place, const QString &reason)
{
    const bool isForeign = !place.isEmpty();
    m_foreignPlace->setText(isForeign ? QStringLiteral("›  ") + place : QString());
    m_foreignTag->setToolTip(plainToolTip(reason));
    m_foreignTag->setAccessibleDescription(reason);
    for (QWidget *each :
        {static_cast<QWidget *>(m_foreignPlace), static_cast<QWidget *>(m_foreignTag), static_cast<QWidget *>(m_own)})
        each->setVisible(isForeign);
    m_nameSpace->setVisible(!isForeign);
}

void TopLine::setStatus(const RuntimeStatus &status)
{
    m_status = status;
    renewBadge();
}

void TopLine::setProtection(const Protection &protection)
{
    const QString archived = protection.archived ? protection.access().reason : QString();
    m_archivedBadge->setVisible(protection.archived.has_value());
    m_archivedBadge->setToolTip(plainToolTip(archived));
    m_archivedBadge->setAccessibleDescription(archived);
    const QString readOnly = protection.readOnlyAccess().reason;
    const bool isOfProgram = protection.readOnly == Protection::ReadOnly::Program;
    const bool hadKeyboard = m_readOnlyButton->hasFocus();
    m_readOnlyButton->setVisible(!readOnly.isEmpty());
    if (hadKeyboard && readOnly.isEmpty())
        Q_EMIT keyboardReleased();
    setDisabledReason(m_readOnlyButton, isOfProgram ? readOnly : QString());
    m_readOnlyButton->setToolTip(plainToolTip(readOnly));
    m_readOnlyButton->setAccessibleName(isOfProgram ? tr("Read-only") : tr("Read-only: allow changes"));
    m_readOnlyButton->setAccessibleDescription(readOnly);
}

void TopLine::renewBadge()
{
    const bool isStale = m_freshness.state == Freshness::State::Stale;
    m_badge->setStatus(isStale ? Tone::Neutral : phaseTone(m_status), lastSeenText(phaseText(m_status), m_freshness));
}

void TopLine::setFreshness(const Freshness &freshness)
{
    m_freshness = freshness;
    renewBadge();
    renewFreshness();
}

void TopLine::renewFreshness()
{
    using namespace std::chrono_literals;
    // Before the first answer there is nothing to say of a runtime.
    m_badge->setVisible(m_freshness.state != Freshness::State::Syncing);
    m_dot->setTone(freshnessTone(m_freshness));
    m_freshnessLabel->setText(freshnessText(m_freshness, m_clock.now()));
    m_tick.drop();
    const bool isWaiting = m_freshness.state == Freshness::State::Syncing && m_freshness.why.isEmpty();
    if (m_freshness.state != Freshness::State::Stale && !isWaiting)
        return;
    m_tick = m_clock.sleep(1s);
    m_tick.then(this, [this](const Result<void> &) { renewFreshness(); });
}
