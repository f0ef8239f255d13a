// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/podscard.h"

#include "widgets/common/card.h"
#include "widgets/common/cardrow.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/painting.h"
#include "widgets/common/plaintooltip.h"
#include "widgets/common/statusbadge.h"
#include "widgets/common/words.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace {

constexpr int badgeColumn = 132;
constexpr int longestState = 20;

QString restartsText(int restarts)
{
    if (restarts <= 0)
        return {};
    return counted(restarts, PodsCard::tr("1 restart"), PodsCard::tr("%1 restarts"));
}

} // namespace

Tone podTone(const RuntimePod &pod)
{
    if (pod.ready)
        return Tone::Good;
    static constexpr std::array signsOfFailure{"Err", "BackOff", "Crash", "OOM", "Failed", "Evicted", "Invalid"};
    const bool isBad = std::any_of(signsOfFailure.cbegin(), signsOfFailure.cend(),
        [&pod](const char *sign) { return pod.state.contains(QLatin1String(sign)); });
    return isBad ? Tone::Bad : Tone::Warning;
}

QString podStateText(const RuntimePod &pod)
{
    if (pod.ready)
        return PodsCard::tr("Ready");
    if (pod.state == QLatin1String("Running"))
        return PodsCard::tr("Not ready yet");
    if (pod.state.size() > longestState)
        return pod.state.left(longestState - 1) + QChar(0x2026);
    return pod.state.isEmpty() ? PodsCard::tr("Unknown") : pod.state;
}

class PodsCard::Row final : public CardRow {
public:
    explicit Row(QWidget *parent)
        : CardRow(parent)
        , m_name(new ElidingLabel({}, this))
        , m_badge(new StatusBadge(this))
        , m_restarts(new QLabel(this))
        , m_node(new ElidingLabel({}, this))
        , m_reason(new QLabel(this))
    {
        m_name->setFont(Look::nameFont());
        m_name->setElideMode(Qt::ElideMiddle);
        m_node->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
        m_node->setElideMode(Qt::ElideMiddle);
        m_reason->setTextFormat(Qt::PlainText);
        m_reason->setWordWrap(true);
        m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_reason->setFont(Look::captionFont());
        m_restarts->setFont(Look::captionFont());
        for (QWidget *label :
            {static_cast<QWidget *>(m_node), static_cast<QWidget *>(m_reason), static_cast<QWidget *>(m_restarts)})
            setTextRole(label, Look::SoftText);

        auto *badgePlace = new QWidget(this);
        badgePlace->setFixedWidth(badgeColumn);
        auto *badgeLayout = new QHBoxLayout(badgePlace);
        badgeLayout->setContentsMargins(0, 0, 0, 0);
        badgeLayout->addWidget(m_badge);
        badgeLayout->addStretch();
        auto *line = new QHBoxLayout;
        line->setSpacing(Look::spaceM);
        auto *rest = new QWidget(this);
        auto *restLayout = new QHBoxLayout(rest);
        restLayout->setContentsMargins(0, 0, 0, 0);
        restLayout->addWidget(m_restarts);
        restLayout->addWidget(m_node, 1);
        line->addWidget(m_name, 2);
        line->addWidget(badgePlace);
        line->addWidget(rest, 3);
        auto *layout = new QVBoxLayout(this);
        constexpr int side = Look::cardPadding - 1; // the card keeps one pixel for its border
        layout->setContentsMargins(side, 5, side, 6);
        layout->setSpacing(Look::spaceXs);
        layout->addLayout(line);
        layout->addWidget(m_reason);
    }

    void setPod(const RuntimePod &pod, bool isLast, Reading reading)
    {
        setLast(isLast);
        m_name->setText(pod.name);
        const bool isCalm = reading == Reading::Starting && !pod.ready;
        const QString state = isCalm ? PodsCard::tr("Starting") : podStateText(pod);
        m_badge->setStatus(isCalm || reading == Reading::Stale ? Tone::Neutral : podTone(pod), state);
        m_badge->setToolTip(plainToolTip(pod.state));
        m_restarts->setText(restartsText(pod.restarts));
        m_node->setText(pod.node.isEmpty() ? QString(QChar(0x2014)) : pod.node);
        m_reason->setText(breakable(pod.reason));
        m_reason->setVisible(!pod.reason.isEmpty() && !isCalm);
        setAccessibleName(PodsCard::tr("%1, %2").arg(pod.name, state));
    }

private:
    ElidingLabel *m_name;
    StatusBadge *m_badge;
    QLabel *m_restarts;
    ElidingLabel *m_node;
    QLabel *m_reason;
};

PodsCard::PodsCard(QWidget *parent)
    : QWidget(parent)
    , m_card(new Card(tr("Pods"), this))
{
    m_card->setBodyFlush(true);
    m_card->body()->setSpacing(0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);
}

void PodsCard::setPods(const QList<RuntimePod> &pods, int wanted, Reading reading)
{
    while (m_rows.size() > pods.size())
        delete m_rows.takeLast();
    while (m_rows.size() < pods.size()) {
        m_rows.append(new Row(m_card));
        m_card->body()->addWidget(m_rows.last());
    }
    for (int i = 0; i < pods.size(); ++i)
        m_rows[i]->setPod(pods[i], i + 1 == pods.size(), reading);
    const auto ready = std::count_if(pods.cbegin(), pods.cend(), [](const RuntimePod &pod) { return pod.ready; });
    const QString count = tr("%1 of %2 ready").arg(ready).arg(wanted);
    m_card->setHeaderText(reading == Reading::Stale ? tr("%1 when last seen").arg(count) : count);
}
