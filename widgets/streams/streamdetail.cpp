// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/streamdetail.h"

#include "models/bucketwords.h"
#include "models/celltext.h"
#include "models/health.h"
#include "models/relativetime.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/factgrid.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/meter.h"
#include "widgets/common/painting.h"
#include "widgets/common/statusdot.h"
#include "widgets/common/wrappinglabel.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>

#include <algorithm>

namespace {

QString messagesText(const Stream &stream)
{
    const QString stored = numberText(stream.messages);
    const std::optional<quint64> most = stream.maxMessages();
    return most ? StreamDetail::tr("%1 of %2").arg(stored, numberText(*most)) : stored;
}

QString bytesText(const Stream &stream)
{
    const std::optional<ByteCount> most = stream.maxBytes();
    return most ? StreamDetail::tr("%1 of %2").arg(stream.bytes.text(), most->text()) : stream.bytes.text();
}

/// How far the limit is used that is nearest; nothing without limits.
struct Fill {
    double part = 0;
    QString words;
};

std::optional<Fill> fillOf(const Stream &stream)
{
    std::optional<Fill> nearest;
    const auto add = [&nearest](double part, const QString &words) {
        const int percent = int(std::min(part, 1.0) * 100); // 99.9 % is not all of it
        if (!nearest || part > nearest->part)
            nearest = Fill{part, words.arg(percent)};
    };
    if (const auto most = stream.maxBytes())
        add(double(stream.bytes.bytes) / double(most->bytes), StreamDetail::tr("%1 % of the bytes allowed"));
    if (const auto most = stream.maxMessages())
        add(double(stream.messages) / double(*most), StreamDetail::tr("%1 % of the messages allowed"));
    return stream.isOffline ? std::nullopt : nearest;
}

constexpr qsizetype mostFeeds = 20;

/// Where old messages give way, a full stream is as it should be.
Tone fillTone(const Stream &stream, double part)
{
    return stream.discard() == Discard::New && part > 0.9 ? Tone::Warning : Tone::Accent;
}

QString sequenceText(quint64 sequence, const std::optional<QDateTime> &at, const QDateTime &now)
{
    return at ? QStringLiteral("#%1 · %2").arg(numberText(sequence), relativeTime(at, now))
              : QStringLiteral("#%1").arg(numberText(sequence));
}

QList<FactGrid::Fact> factsOf(const Stream &stream, const QDateTime &now)
{
    const auto tr = [](const char *text) { return StreamDetail::tr(text); };
    // what being full means stands above the facts
    const Health replicas = replicaHealthOf(stream);
    const bool isOnlyFull = replicas.tone == CellTone::Good && stream.isFull() && stream.discard() == Discard::New;
    const QString health = isOnlyFull ? tr("Full") : replicas.text;
    if (stream.isOffline)
        return {{tr("State"), health, {}}, {tr("Messages"), tr("not known"), {}}};
    const bool isEmpty = stream.messages == 0;
    QList<FactGrid::Fact> facts{
        {tr("Messages"), messagesText(stream), {}},
        {tr("Bytes"), bytesText(stream), tr("%1 bytes").arg(numberText(quint64(stream.bytes.bytes)))},
        {tr("First"), isEmpty ? tr("none") : sequenceText(stream.firstSequence, stream.firstMessageAt, now),
            exactTime(stream.firstMessageAt)},
        {tr("Last"),
            stream.lastSequence == 0 ? tr("none") : sequenceText(stream.lastSequence, stream.lastMessageAt, now),
            exactTime(stream.lastMessageAt)},
        {tr("Consumers"), numberText(quint64(std::max(0, stream.consumerCount))), {}},
        {tr("State"), health, {}},
    };
    if (const QString app = stream.linkedApp(); !app.isEmpty())
        facts.append({tr("Linked app"), app, app});
    return facts;
}

QString lagText(const StreamPeer &peer, const QDateTime &now)
{
    QStringList parts;
    if (peer.lag > 0)
        parts.append(StreamDetail::tr("%1 behind").arg(numberText(peer.lag)));
    if (const auto seconds = std::chrono::floor<std::chrono::seconds>(peer.lastSeen); seconds.count() > 0)
        parts.append(StreamDetail::tr("seen %1").arg(relativeTime(now.addSecs(-seconds.count()), now)));
    return parts.join(QStringLiteral(" · "));
}

QString feedText(const StreamFeed &feed, const QDateTime &now)
{
    QStringList parts;
    if (!feed.isKnown)
        parts.append(StreamDetail::tr("nothing has come so far"));
    else if (feed.lag > 0)
        parts.append(StreamDetail::tr("%1 behind").arg(numberText(feed.lag)));
    else
        parts.append(feed.isStill() ? StreamDetail::tr("nothing comes") : StreamDetail::tr("up to date"));
    if (const auto seconds = std::chrono::floor<std::chrono::seconds>(feed.silentFor); seconds.count() > 0)
        parts.append(StreamDetail::tr("heard of %1").arg(relativeTime(now.addSecs(-seconds.count()), now)));
    if (!feed.error.isEmpty())
        parts.append(feed.error);
    return parts.join(QStringLiteral(" · "));
}

} // namespace

StreamDetail::StreamDetail(QWidget *parent)
    : DetailPanel(QStringLiteral("stream"), tr("Delete the stream with its messages and consumers"), parent)
    , m_edit(new QPushButton(tr("Edit…"), this))
    , m_messages(new QPushButton(tr("Messages…"), this))
    , m_full(new InlineMessage(this))
    , m_bucket(new InlineMessage(this))
    , m_facts(new FactGrid(this))
    , m_fillText(new QLabel(this))
    , m_fill(new Meter(this))
    , m_description(new WrappingLabel(this))
    , m_feedsTitle(new QLabel(this))
    , m_feeds(new QVBoxLayout)
    , m_replicasTitle(new QLabel(tr("Replicas"), this))
    , m_replicas(new QVBoxLayout)
{
    setObjectName(QStringLiteral("streamDetail"));
    m_facts->setObjectName(QStringLiteral("streamFacts"));
    m_full->setObjectName(QStringLiteral("streamFullMessage"));
    m_fill->setObjectName(QStringLiteral("streamFillMeter"));
    m_fillText->setObjectName(QStringLiteral("streamFillLabel"));
    m_fillText->setFont(Look::captionFont());
    setTextRole(m_fillText, Look::SoftText);
    m_full->hide();
    m_bucket->setObjectName(QStringLiteral("streamBucketNote"));
    m_bucket->hide();
    setTextRole(m_description, Look::SoftText);
    for (QLabel *title : {m_feedsTitle, m_replicasTitle})
        title->setFont(Look::titleFont());
    for (QVBoxLayout *lines : {m_feeds, m_replicas})
        lines->setSpacing(Look::spaceM);

    m_edit->setObjectName(QStringLiteral("editStreamButton"));
    m_edit->setToolTip(tr("Edit subjects, limits and options (F2)"));
    m_messages->setObjectName(QStringLiteral("browseMessagesButton"));
    m_messages->setToolTip(tr("Look at the messages and publish; no consumer is made for it"));
    footer()->addWidget(m_edit);
    footer()->addWidget(m_messages);
    connect(m_messages, &QPushButton::clicked, this, &StreamDetail::messagesRequested);
    connect(m_edit, &QPushButton::clicked, this, &StreamDetail::editRequested);
    auto *edit = new QShortcut(QKeySequence(Qt::Key_F2), this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(edit, &QShortcut::activated, m_edit, &QPushButton::click);

    state()->addWidget(m_description);
    state()->addWidget(m_bucket);
    state()->addWidget(m_full);
    state()->addWidget(m_facts);
    auto *fill = new QVBoxLayout;
    fill->setSpacing(Look::spaceXs);
    fill->addWidget(m_fillText);
    fill->addWidget(m_fill);
    state()->addLayout(fill);
    state()->addSpacing(Look::spaceXs);
    state()->addWidget(m_feedsTitle);
    state()->addLayout(m_feeds);
    state()->addWidget(m_replicasTitle);
    state()->addLayout(m_replicas);
}

void StreamDetail::setObject(const Stream &stream, const QDateTime &now)
{
    m_facts->setFacts(factsOf(stream, now));
    if (m_shown == stream)
        return;
    if (m_id != stream.id)
        beginAtTop();
    m_id = stream.id;
    setTitle(stream.id.name, stream.id.account);
    setConfiguration(stream.config);
    setOwner(stream.owner);
    m_description->setText(stream.description());
    m_description->setVisible(!stream.description().isEmpty());
    showBucket(stream);
    showFill(stream);
    if (!m_shown || m_shown->peers != stream.peers || m_shown->leader != stream.leader || m_shown->id != stream.id)
        showReplicas(stream, now);
    if (!m_shown || m_shown->feeds != stream.feeds || m_shown->id != stream.id)
        showFeeds(stream, now);
    m_shown = stream;
}

void StreamDetail::setEditAccess(const Access &access)
{
    setAccess(m_edit, access);
}

void StreamDetail::setMessagesAccess(const Access &access)
{
    setAccess(m_messages, access);
}

void StreamDetail::showBucket(const Stream &stream)
{
    const std::optional<Bucket> bucket = stream.bucket();
    if (bucket)
        m_bucket->showStanding(Tone::Neutral, BucketWords::title(*bucket), BucketWords::meaning(*bucket));
    else
        m_bucket->hide();
}

void StreamDetail::showFill(const Stream &stream)
{
    const std::optional<Fill> fill = fillOf(stream);
    if (stream.isFull() && stream.discard() == Discard::New)
        m_full->showStanding(Tone::Warning, tr("Full: new messages are refused"),
            tr("Clients that publish get an error until messages leave the stream or its limit is raised."));
    else
        m_full->hide();
    m_fill->setVisible(fill.has_value());
    m_fillText->setVisible(fill.has_value());
    if (!fill)
        return;
    m_fillText->setText(fill->words);
    m_fill->setAccessibleName(fill->words);
    m_fill->setValue(fill->part);
    m_fill->setTone(fillTone(stream, fill->part));
}

void StreamDetail::showFeeds(const Stream &stream, const QDateTime &now)
{
    clearLines(m_feeds);
    const bool isMirror = !stream.feeds.isEmpty() && stream.feeds.constFirst().isMirror;
    m_feedsTitle->setText(isMirror ? tr("Mirror of") : tr("Sources"));
    m_feedsTitle->setVisible(!stream.feeds.isEmpty());
    for (const StreamFeed &feed : stream.feeds.mid(0, mostFeeds)) {
        auto *line = new QWidget(this);
        line->setObjectName(QStringLiteral("streamFeedLine"));
        auto *layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(Look::spaceS);
        auto *words = new WrappingLabel(line);
        words->setText(feedText(feed, now));
        setTextRole(words, Look::SoftText);
        auto *dot = new StatusDot(feed.isStill() ? Tone::Warning : Tone::Good, line);
        layout->addWidget(dot, 0, Qt::AlignTop);
        layout->addWidget(new ElidingLabel(feed.origin, line), 0, Qt::AlignTop);
        layout->addWidget(words, 1);
        m_feeds->addWidget(line);
    }
    if (stream.feeds.size() > mostFeeds)
        m_feeds->addWidget(new QLabel(tr("and %1 more").arg(stream.feeds.size() - mostFeeds), this));
}

void StreamDetail::clearLines(QVBoxLayout *lines)
{
    while (QLayoutItem *item = lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void StreamDetail::showReplicas(const Stream &stream, const QDateTime &now)
{
    clearLines(m_replicas);
    m_replicasTitle->setVisible(!stream.leader.isEmpty() || !stream.peers.isEmpty());
    if (!stream.leader.isEmpty())
        addReplica(stream.leader, tr("leader"), {}, true);
    for (const StreamPeer &peer : stream.peers) {
        const QString role = peer.isOffline ? tr("offline") : peer.isCurrent ? tr("current") : tr("catching up");
        addReplica(peer.name, role, lagText(peer, now), peer.isCurrent && !peer.isOffline);
    }
}

void StreamDetail::addReplica(const QString &name, const QString &role, const QString &lag, bool isWell)
{
    auto *line = new QWidget(this);
    line->setObjectName(QStringLiteral("streamReplicaLine"));
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceS);
    auto *soft = new QLabel(role, line);
    auto *behind = new QLabel(lag, line);
    for (QLabel *label : {soft, behind})
        setTextRole(label, Look::SoftText);
    layout->addWidget(new StatusDot(isWell ? Tone::Good : Tone::Warning, line));
    layout->addWidget(new ElidingLabel(name, line));
    layout->addWidget(soft, 1);
    layout->addWidget(behind);
    m_replicas->addWidget(line);
}
