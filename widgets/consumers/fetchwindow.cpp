// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/fetchwindow.h"

#include "models/celltext.h"
#include "services/base/clock.h"
#include "services/domain/goduration.h"
#include "services/messaging/consumerservice.h"
#include "widgets/common/card.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/look.h"
#include "widgets/common/numbertext.h"
#include "widgets/common/panelsplit.h"
#include "widgets/common/tableview.h"
#include "widgets/common/typinglimit.h"
#include "widgets/common/words.h"
#include "widgets/objects/messageview.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>

#include <algorithm>
#include <limits>

namespace {

constexpr int mostAtOnce = 100;
constexpr qsizetype mostBytesKept = 32 * 1024 * 1024;
constexpr int numberWidth = 120;
constexpr QSize firstSize(1080, 700);
constexpr QSize leastSize(720, 480);

} // namespace

FetchWindow::FetchWindow(
    ConsumerService &service, Clock &clock, const Consumer &consumer, const QString &place, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_service(service)
    , m_clock(clock)
    , m_id(consumer.id)
    , m_number(new QLineEdit(QStringLiteral("1"), this))
    , m_numberField(new Field(tr("&Messages"), m_number, this))
    , m_fetch(new QPushButton(tr("&Fetch"), this))
    , m_meaning(new InlineMessage(this))
    , m_outcome(new InlineMessage(this))
    , m_model(new MessageTableModel(this))
    , m_table(new TableView(this))
    , m_view(new MessageView(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("fetchWindow"));
    const QString name = tr("Next messages of %1 · %2").arg(m_id.name, m_id.stream.name);
    setWindowTitle(place.isEmpty() ? name : tr("%1 · %2").arg(name, place));
    setBackgroundRole(QPalette::Window);
    resize(firstSize);
    setMinimumSize(leastSize);
    m_number->setObjectName(QStringLiteral("fetchNumberEdit"));
    m_fetch->setObjectName(QStringLiteral("fetchButton"));
    m_fetch->setProperty("primary", true);
    m_meaning->setObjectName(QStringLiteral("fetchMeaningMessage"));
    m_outcome->setObjectName(QStringLiteral("fetchOutcomeMessage"));
    m_outcome->setClosable(true);
    m_outcome->hide();
    m_table->setObjectName(QStringLiteral("fetchedTable"));
    m_table->setAccessibleName(tr("Messages"));
    limitTyping(m_number);
    layOut();
    showMeaning(consumer);
    connect(m_fetch, &QPushButton::clicked, this, &FetchWindow::fetch);
    connect(m_number, &QLineEdit::returnPressed, m_fetch, &QPushButton::click);
    connect(m_number, &QLineEdit::textChanged, this, &FetchWindow::renewAccess);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &FetchWindow::followSelection);
    connect(&service, &ConsumerService::accessChanged, this, &FetchWindow::renewAccess);
    connect(&service, &ConsumerService::snapshotChanged, this, &FetchWindow::renewAccess);
    renewAccess();
    followSelection();
}

void FetchWindow::layOut()
{
    m_number->setFixedWidth(numberWidth);
    auto *asking = new QHBoxLayout;
    asking->setSpacing(Look::spaceM);
    asking->addWidget(m_numberField, 0, Qt::AlignBottom);
    asking->addWidget(m_fetch, 0, Qt::AlignVCenter);
    asking->addWidget(m_meaning, 1, Qt::AlignTop);
    auto *card = new Card({}, this);
    card->setBodyFlush(true);
    card->layout()->setContentsMargins(0, 1, 0, 0);
    card->body()->addWidget(m_table);
    m_table->setModel(m_model);
    m_table->setSortingEnabled(false); // in the order of the stream
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->setStretchColumn(MessageTableModel::PayloadColumn);
    auto *split = new PanelSplit(card, QStringLiteral("fetched/panelWidth"), this);
    split->addPanel(m_view);
    split->showPanel(m_view);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Look::pageMargin, Look::pageMargin, Look::pageMargin, Look::pageMargin);
    all->setSpacing(Look::cardGap);
    all->addLayout(asking);
    all->addWidget(m_outcome);
    all->addWidget(split, 1);
    m_view->setReadOnly();
}

void FetchWindow::showMeaning(const Consumer &consumer)
{
    const qint64 most = consumer.config.value(QLatin1String("max_deliver")).toInteger(-1);
    const bool isGrowing = !consumer.config.value(QLatin1String("backoff")).toArray().isEmpty();
    QString again = tr("Nothing is acknowledged: the workers get these messages once the ack wait is over (%1).")
                        .arg(goDuration(ackWaitAfter(consumer.config, 1)));
    if (isGrowing)
        again += tr(" Those that were delivered before wait longer, up to %1 (backoff).")
                     .arg(goDuration(ackWaitAfter(consumer.config, std::numeric_limits<quint64>::max())));
    const QString counts = most > 0
        ? tr(" It counts as one of at most %1 deliveries; a message whose last one it is no worker gets.").arg(most)
        : QString();
    m_meaning->showStanding(
        Tone::Warning, tr("This takes messages from the consumer's workers for a while"), again + counts);
}

std::optional<Consumer> FetchWindow::found() const
{
    const QList<Consumer> &all = m_service.consumers();
    const auto each = std::lower_bound(all.cbegin(), all.cend(), m_id,
        [](const Consumer &consumer, const ConsumerId &id) { return consumer.id < id; });
    return each != all.cend() && each->id == m_id ? std::optional(*each) : std::nullopt;
}

std::optional<int> FetchWindow::number() const
{
    const TypedNumber typed = readNumber(m_number->text(), mostAtOnce, false);
    return typed.value && *typed.value >= 1 ? std::optional(int(*typed.value)) : std::nullopt;
}

void FetchWindow::renewAccess()
{
    const std::optional<Consumer> consumer = found();
    Access access = consumer ? m_service.fetchAccess(*consumer) : Access::no(tr("The consumer is not there any more."));
    const QString wrong = number() ? QString() : tr("Enter 1 to %1.").arg(mostAtOnce);
    m_numberField->setError(wrong);
    if (access && !wrong.isEmpty())
        access = Access::no(wrong);
    if (m_isFetching)
        access = Access::no(tr("Waiting for the server's answer."));
    setAccess(m_fetch, access);
}

void FetchWindow::fetch()
{
    const std::optional<Consumer> consumer = found();
    if (!consumer || !number())
        return;
    m_isFetching = true;
    m_config = consumer->config;
    showMeaning(*consumer);
    renewAccess();
    m_fetching = m_service.fetch(*consumer, *number());
    m_fetching.then(this, [this](const Result<Fetched> &fetched) {
        m_isFetching = false;
        renewAccess();
        if (!fetched && fetched.error().kind == Error::Kind::Timeout)
            m_outcome->setMessage(Tone::Warning, tr("It is not known whether messages were delivered here"),
                fetched.error().summary, fetched.error().detail);
        else if (!fetched)
            m_outcome->setMessage(
                Tone::Bad, tr("Nothing was fetched"), fetched.error().summary, fetched.error().detail);
        else
            showFetched(*fetched);
        m_outcome->show();
    });
}

void FetchWindow::showFetched(const Fetched &fetched)
{
    if (fetched.messages.isEmpty() && fetched.heldBack.isEmpty())
        return m_outcome->setMessage(Tone::Neutral, tr("There is nothing to deliver right now."));
    if (fetched.messages.isEmpty())
        return m_outcome->setMessage(Tone::Warning, tr("Nothing came"), fetched.heldBack + QLatin1Char('.'));
    keep(fetched.messages);
    m_model->setNow(m_clock.now(), 0, -1);
    m_view->setNow(m_clock.now());
    m_model->setMessages(m_messages, m_marks);
    m_table->setCurrentIndex(m_model->indexOf(fetched.messages.constFirst().message.sequence));
    const qsizetype again = std::count_if(fetched.messages.cbegin(), fetched.messages.cend(),
        [](const FetchedMessage &each) { return each.deliveries > 1; });
    const bool isWell = !fetched.problem && !fetched.unread
        && std::none_of(fetched.messages.cbegin(), fetched.messages.cend(),
            [this](const FetchedMessage &each) { return isLastDelivery(m_config, each.deliveries); });
    const QString came = counted(fetched.messages.size(), tr("1 message came"), tr("%1 messages came"));
    m_outcome->setMessage(isWell ? Tone::Good : Tone::Warning,
        again > 0 ? tr("%1, %2 of them not for the first time.").arg(came, numberText(quint64(again)))
                  : tr("%1.").arg(came),
        wordsOn(fetched), fetched.problem ? fetched.problem->detail : QString());
}

/// What came last is all kept: a fetch is bounded by itself.
void FetchWindow::keep(const QList<FetchedMessage> &fetched)
{
    QSet<quint64> last;
    for (const FetchedMessage &each : fetched) {
        const quint64 sequence = each.message.sequence;
        last.insert(sequence);
        m_messages.removeIf([sequence](const StreamMessage &known) { return known.sequence == sequence; });
        m_messages.append(each.message);
        m_marks.remove(sequence);
        if (isLastDelivery(m_config, each.deliveries))
            m_marks.insert(sequence,
                {tr("last delivery"),
                    tr("It was delivered %1 times, which is the limit: no worker gets it.").arg(each.deliveries)});
    }
    qsizetype bytes = 0;
    for (const StreamMessage &each : std::as_const(m_messages))
        bytes += each.size();
    m_messages.removeIf([&](const StreamMessage &each) {
        const bool isGivenUp = bytes > mostBytesKept && !last.contains(each.sequence);
        if (isGivenUp) {
            bytes -= each.size();
            m_marks.remove(each.sequence);
        }
        return isGivenUp;
    });
    std::sort(m_messages.begin(), m_messages.end(),
        [](const StreamMessage &left, const StreamMessage &right) { return left.sequence < right.sequence; });
}

QString FetchWindow::wordsOn(const Fetched &fetched) const
{
    QStringList words;
    qsizetype lost = 0;
    qsizetype leftOut = 0;
    std::chrono::nanoseconds wait{0};
    for (const FetchedMessage &each : fetched.messages) {
        const bool isLast = isLastDelivery(m_config, each.deliveries);
        lost += isLast ? 1 : 0;
        leftOut += each.isBodyLeftOut ? 1 : 0;
        if (!isLast)
            wait = std::max(wait, ackWaitAfter(m_config, each.deliveries));
    }
    const bool isAnswered = fetched.problem && fetched.problem->kind == Error::Kind::Server;
    if (fetched.problem)
        words.append(isAnswered ? fetched.problem->summary
                                : tr("More may have been delivered on the way here: %1").arg(fetched.problem->summary));
    if (lost > 0)
        words.append(counted(lost, tr("1 of them was delivered for the last time: no worker gets it."),
            tr("%1 of them were delivered for the last time: no worker gets them.")));
    if (leftOut > 0)
        words.append(counted(leftOut, tr("The consumer left the payload of 1 out, and it was not read."),
            tr("The consumer left the payloads of %1 out, and they were not read.")));
    if (fetched.unread)
        words.append(fetched.unread->summary);
    if (lost < fetched.messages.size())
        words.append(tr("The workers get them in %1.").arg(goDuration(wait)));
    return words.join(QLatin1Char(' '));
}

void FetchWindow::followSelection()
{
    const QModelIndex current = m_table->currentIndex();
    m_view->setMessage(current.isValid() ? m_model->rowAt(current.row()).message : nullptr);
}

void FetchWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}
