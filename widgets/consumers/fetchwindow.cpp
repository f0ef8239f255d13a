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
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace {

constexpr int mostAtOnce = 100;
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
    const qint64 wait = consumer.config.value(QLatin1String("ack_wait")).toInteger();
    const qint64 most = consumer.config.value(QLatin1String("max_deliver")).toInteger(-1);
    const QString again = tr("Nothing is acknowledged: the workers get these messages once the ack wait is over (%1).")
                              .arg(goDuration(std::chrono::nanoseconds(wait)));
    const QString counts = most > 0 ? tr(" It counts as one of at most %1 deliveries.").arg(most) : QString();
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
    renewAccess();
    m_fetching = m_service.fetch(*consumer, *number());
    m_fetching.then(this, [this](const Result<QList<FetchedMessage>> &fetched) {
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

void FetchWindow::showFetched(const QList<FetchedMessage> &fetched)
{
    if (fetched.isEmpty())
        return m_outcome->setMessage(Tone::Neutral, tr("There is nothing to deliver right now."));
    qsizetype again = 0;
    for (const FetchedMessage &each : fetched) {
        again += each.deliveries > 1 ? 1 : 0;
        m_messages.removeIf([&each](const StreamMessage &known) { return known.sequence == each.message.sequence; });
        m_messages.append(each.message);
    }
    std::sort(m_messages.begin(), m_messages.end(),
        [](const StreamMessage &left, const StreamMessage &right) { return left.sequence < right.sequence; });
    m_model->setNow(m_clock.now(), 0, -1);
    m_view->setNow(m_clock.now());
    m_model->setMessages(m_messages);
    m_table->setCurrentIndex(m_model->indexOf(fetched.constFirst().message.sequence));
    const QString came = counted(fetched.size(), tr("1 message came"), tr("%1 messages came"));
    m_outcome->setMessage(Tone::Good,
        again > 0 ? tr("%1, %2 of them not for the first time.").arg(came, numberText(quint64(again)))
                  : tr("%1.").arg(came));
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
