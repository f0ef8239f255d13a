// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/nextcard.h"

#include "widgets/common/card.h"
#include "widgets/common/disabledreason.h"
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
        else if (m_next == Next::OtherClass)
            Q_EMIT settingsRequested();
        else
            Q_EMIT consumersRequested();
    });
    hide();
}

NextCard::Next NextCard::nextOf(const OverviewState &state)
{
    if (state.status.isInProgress())
        return state.archived.isEmpty() ? Next::GoesOn : Next::Nothing;
    if (state.status.phase == RuntimePhase::Failed)
        return state.status.isNoVolumeBound ? Next::OtherClass : Next::Mend;
    if (state.usageSince && state.status.isDegraded())
        return Next::Nothing;
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
    case Next::OtherClass:
        return tr("Mend what the error names, then retry. No volume is bound so far, so nothing is stored: where the "
                  "storage class is wrong, disable NATS in Settings and enable it again with another one.");
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

QString NextCard::actionOf(Next next)
{
    switch (next) {
    case Next::OtherClass:
        return tr("Open Settings");
    case Next::Stream:
        return tr("Create the first stream");
    case Next::Consumer:
        return tr("Create the first consumer");
    case Next::GoesOn:
    case Next::Mend:
    case Next::Nothing:
        break;
    }
    return {};
}

void NextCard::setState(const OverviewState &state)
{
    m_next = nextOf(state);
    m_text->setText(textOf(m_next, state.status.phase));
    m_action->setText(actionOf(m_next));
    m_action->setVisible(!m_action->text().isEmpty());
    const bool isCreating = m_next == Next::Stream || m_next == Next::Consumer;
    setAccess(m_action, isCreating ? state.createAccess : Access::yes());
    setVisible(m_next != Next::Nothing);
}
