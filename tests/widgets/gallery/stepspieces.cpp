// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/pieces.h"

#include "widgets/common/card.h"
#include "widgets/common/changeplanrow.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/meter.h"
#include "widgets/common/steplist.h"
#include "widgets/common/steprail.h"

#include <QBoxLayout>

using namespace Pieces;

QWidget *Pieces::stepsPage()
{
    using State = RuntimeStep::State;
    auto *rail = new StepRail;
    rail->setSteps({{text("NATS runtime"), text("Ready"), StepRail::State::Done},
        {text("First stream"), text("Create one to go on"), StepRail::State::Current},
        {text("First consumer"), text("Needs a stream"), StepRail::State::Locked}});
    QVBoxLayout *left = nullptr;
    QVBoxLayout *right = nullptr;
    QWidget *columns = page(left, right);

    auto *card = new Card(text("Provisioning the runtime"));
    card->setHeaderText(text("step 5 of 8 · 0:14"));
    auto *meter = new Meter;
    meter->setValue(0.58);
    card->body()->addWidget(meter);
    auto *steps = new StepList;
    using std::chrono::milliseconds;
    steps->setSteps({{text("a"), text("Permissions checked, storage class where it can be read"), State::Done,
                         milliseconds(200), {}},
        {text("b"), text("Namespace and secrets written"), State::Done, milliseconds(300), {}},
        {text("c"), text("StatefulSet written, 3 replicas"), State::Done, milliseconds(64'000), {}},
        {text("d"), text("Volumes bound and pods started"), State::Current, milliseconds(12'000),
            text("nats-2 waits: 0/3 nodes are available: 1 node had volume node affinity conflict. Kubernetes tries "
                 "again by itself.")},
        {text("e"), text("Cluster formed, leader elected"), State::Failed, milliseconds(1000),
            text("No leader after 60 s.")},
        {text("f"), text("Default application account ready"), State::Waiting, {}, {}},
        {text("g"), text("Client login verified"), State::Waiting, {}, {}}});
    card->body()->addWidget(steps);
    left->addWidget(card);
    left->addStretch();

    auto *plan = new Card(text("Change plan"));
    plan->setHeaderText(text("2 changes · about 2 min"));
    plan->body()->setSpacing(0);
    plan->body()->addWidget(
        new ChangePlanRow(Tone::Accent, text("Volume growth"), text("JetStream storage 80 → 120 GiB"),
            text("3 claims expand online; the server limit follows when all three report the new size. No client is "
                 "disconnected. Can’t be undone.")));
    plan->body()->addWidget(new ChangePlanRow(Tone::Warning, text("Rolling restart"), text("WebSocket off → on"),
        text("One pod at a time, the next only when all 128 streams are current.")));
    plan->body()->addSpacing(10);
    auto *end = row({button("Show manifests")});
    end->addWidget(button("Discard"));
    end->addWidget(button("Apply 2 changes", "primary"));
    plan->body()->addLayout(end);
    right->addWidget(plan);
    for (const Tone tone : {Tone::Neutral, Tone::Accent, Tone::Good, Tone::Warning, Tone::Bad}) {
        auto *message = new InlineMessage(tone, text("The stream was not created"));
        message->setMessage(tone, text("The stream was not created"),
            text("The account is at its limit of 10 streams. Raise the limit or delete a stream."),
            tone == Tone::Bad
                ? text("{\"code\":400,\"err_code\":10027,\"description\":\"maximum number of streams reached\"}")
                : QString());
        message->setClosable(tone == Tone::Accent);
        if (tone == Tone::Bad) {
            message->setAction(text("Edit the account"));
            message->setDetailShown(true);
        }
        right->addWidget(message);
    }
    right->addStretch();

    auto *made = new QWidget;
    auto *layout = new QVBoxLayout(made);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *railLine = new QHBoxLayout;
    railLine->setContentsMargins(Look::pageMargin, Look::pageMargin, Look::pageMargin, 0);
    railLine->addWidget(rail);
    layout->addLayout(railLine);
    layout->addWidget(columns, 1);
    return made;
}
