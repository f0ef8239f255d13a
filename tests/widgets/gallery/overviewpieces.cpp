// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/pieces.h"

#include "widgets/common/banner.h"
#include "widgets/common/card.h"
#include "widgets/common/copyablerow.h"
#include "widgets/common/dangercard.h"
#include "widgets/common/meter.h"
#include "widgets/common/secretrow.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/statusbadge.h"
#include "widgets/common/statusdot.h"
#include "widgets/common/tag.h"
#include "widgets/common/tile.h"

#include <QBoxLayout>
#include <QLabel>
#include <QProgressBar>

#include <cmath>

using namespace Pieces;

namespace {

QList<double> wave(int seed)
{
    QList<double> values;
    for (int i = 0; i < 60; ++i)
        values.append(10 + 4 * std::sin(i / 7.0 + seed) + 2 * std::sin(i * 1.7 * seed));
    return values;
}

Card *connectionCard()
{
    auto *card = new Card(text("Connection"));
    auto *choice = new SegmentedChoice;
    for (const char *label : {"Parameters", "Client URL", "Examples"})
        choice->addChoice(text(label));
    card->addHeaderWidget(choice);
    card->body()->addWidget(new CopyableRow(text("Host"), text("nats.pennant-messaging.svc.cluster.local")));
    card->body()->addWidget(new CopyableRow(text("Port"), text("4222")));
    auto *secret = new SecretRow(text("Password"));
    secret->setSecret(SecretString(text("not-a-real-password")));
    card->body()->addWidget(secret);
    auto *shown = new SecretRow(text("Token"));
    shown->setSecret(SecretString(text("shown-on-purpose-0O1lI")));
    shown->setRevealed(true);
    card->body()->addWidget(shown);
    auto *url = new CopyableRow(text("WebSocket URL"), text("ws://nats.pennant-messaging.svc.cluster.local:8080"));
    url->setLineBelow(false);
    card->body()->addWidget(url);
    card->body()->setSpacing(0);
    card->body()->addSpacing(10);
    card->body()->addLayout(row({button("Test connection"), button("Copy as Secret reference")}));
    return card;
}

Card *usageCard()
{
    auto *card = new Card(text("Usage"));
    card->setHeaderText(text("38.4 of 80 GiB"));
    for (const auto &[tone, value] : {std::pair(Tone::Accent, 0.48), {Tone::Warning, 0.86}, {Tone::Bad, 0.98}}) {
        auto *meter = new Meter;
        meter->setTone(tone);
        meter->setValue(value);
        card->body()->addWidget(meter);
    }
    auto *progress = new QProgressBar;
    progress->setTextVisible(false);
    progress->setValue(40);
    card->body()->addWidget(progress);
    card->body()->addLayout(row({new StatusBadge(Tone::Good, text("Ready")),
        new StatusBadge(Tone::Accent, text("Provisioning")), new StatusBadge(Tone::Warning, text("Pending")),
        new StatusBadge(Tone::Bad, text("Failed")), new StatusBadge(Tone::Neutral, text("Absent"))}));
    card->body()->addLayout(row({new Tag(text("PROD"), Tone::Bad), new Tag(text("STAGE"), Tone::Warning),
        new Tag(text("LOCAL")), new Tag(text("KV"), Tone::Accent), new StatusDot(Tone::Good), new QLabel(text("Live")),
        new StatusDot(Tone::Warning), new QLabel(text("Stale")), new StatusDot, new QLabel(text("offline"))}));
    return card;
}

} // namespace

QWidget *Pieces::overviewPage()
{
    QVBoxLayout *left = nullptr;
    QVBoxLayout *right = nullptr;
    QWidget *columns = page(left, right);
    left->addWidget(connectionCard());
    left->addStretch();
    right->addWidget(usageCard());
    right->addWidget(new DangerCard(text("Disable NATS"),
        text("Removes 4 accounts, 128 streams, 341 consumers, 212,904,118 messages and every credential."),
        text("Disable…")));
    right->addStretch();

    auto *tiles = new QHBoxLayout;
    tiles->setContentsMargins(Look::pageMargin, Look::pageMargin, Look::pageMargin, 0);
    tiles->setSpacing(Look::cardGap);
    const char *const figures[][3] = {{"CPU", "0.41", "cores"}, {"Memory", "612", "MiB"},
        {"Connections", "1,284", "of 65,536"}, {"Messages in / out", "18.2k", "/ 54.6k per s"}};
    int seed = 1;
    for (const auto &figure : figures) {
        auto *tile = new Tile(text(figure[0]));
        tile->setFigure(text(figure[1]), text(figure[2]));
        tile->setValues(wave(seed++));
        tiles->addWidget(tile);
    }
    auto *unknown = new Tile(text("Slow consumers"));
    unknown->setUnknown(text("Not scraped yet"));
    tiles->addWidget(unknown);

    auto *made = new QWidget;
    auto *layout = new QVBoxLayout(made);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *banner = new Banner;
    banner->setMessage(Tone::Warning, text("Stale since 09:41: connection refused. What you see is 12 s old."));
    banner->setAction(text("Try now"));
    layout->addWidget(banner);
    layout->addLayout(tiles);
    layout->addWidget(columns, 1);
    return made;
}
