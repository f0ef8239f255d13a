// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/nextcard.h"

#include "widgets/common/card.h"
#include "widgets/common/painting.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

NextCard::NextCard(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel)
    , m_action(new QPushButton)
{
    m_text->setObjectName(QStringLiteral("nextLabel"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    setTextRole(m_text, Look::SoftText);
    m_action->setObjectName(QStringLiteral("nextActionButton"));
    m_action->setProperty("primary", true);
    auto *card = new Card(tr("What comes next"), this);
    card->body()->addWidget(m_text);
    card->body()->addWidget(m_action, 0, Qt::AlignLeading);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (m_next == Next::Stream)
            Q_EMIT streamsRequested();
        else
            Q_EMIT consumersRequested();
    });
    hide();
}

NextCard::Next NextCard::nextOf(const OverviewState &state)
{
    if (state.status.isInProgress())
        return Next::GoesOn;
    if (state.status.phase == RuntimePhase::Failed)
        return Next::Mend;
    if (state.status.phase != RuntimePhase::Ready || state.status.isDown())
        return Next::Nothing;
    if (state.usage.streams == 0)
        return Next::Stream;
    if (state.usage.streams && state.usage.consumers == 0)
        return Next::Consumer;
    return Next::Nothing;
}

QString NextCard::textOf(Next next, RuntimePhase phase)
{
    switch (next) {
    case Next::GoesOn:
        if (phase == RuntimePhase::Deleting)
            return tr("You can leave this page or close Pennant: that NATS is to be removed is written in the cluster. "
                      "Whoever opens it next, here or on another workstation, goes on from there.");
        return tr(
            "You can leave this page or close Pennant: what was asked is written in the cluster. Whoever opens it "
            "next, here or on another workstation, goes on from there.");
    case Next::Mend:
        return tr(
            "Mend what the error names, then retry. Every step is safe to run again: what stands already is checked "
            "and kept.");
    case Next::Stream:
        return tr(
            "The runtime is ready. Messages are kept in streams: the first one says which subjects it takes and how "
            "long it keeps them.");
    case Next::Consumer:
        return tr("Messages are being kept. A consumer hands them to a worker and remembers which are done.");
    case Next::Nothing:
        break;
    }
    return {};
}

void NextCard::setState(const OverviewState &state)
{
    m_next = nextOf(state);
    m_text->setText(textOf(m_next, state.status.phase));
    m_action->setText(m_next == Next::Stream ? tr("Create the first stream") : tr("Create the first consumer"));
    m_action->setVisible(m_next == Next::Stream || m_next == Next::Consumer);
    setVisible(m_next != Next::Nothing);
}
