// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/messagebrowser.h"

#include "models/celltext.h"
#include "services/base/clock.h"
#include "services/messaging/messageservice.h"
#include "services/messaging/messagetail.h"
#include "widgets/common/card.h"
#include "widgets/common/columnwidths.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/look.h"
#include "widgets/common/painting.h"
#include "widgets/common/panelsplit.h"
#include "widgets/common/tableview.h"
#include "widgets/common/words.h"
#include "widgets/objects/messageview.h"
#include "widgets/streams/messagefilter.h"
#include "widgets/streams/messageoutput.h"
#include "widgets/streams/messagepager.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedLayout>

using namespace std::chrono_literals;

namespace {

constexpr QSize firstSize(1180, 760);
constexpr QSize leastSize(900, 520);
constexpr int leastPayload = 120;
constexpr int secondsBack = 3600; // where a look at a time begins, until somebody enters another

QString rangeText(quint64 first, quint64 last)
{
    return first == last ? QStringLiteral("#%1").arg(numberText(first))
                         : QStringLiteral("#%1 – #%2").arg(numberText(first), numberText(last));
}

} // namespace

MessageBrowser::MessageBrowser(
    MessageService &service, Clock &clock, const StreamId &stream, const QString &place, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_service(service)
    , m_clock(clock)
    , m_stream(stream)
    , m_pager(new MessagePager(service, stream, this))
    , m_model(new MessageTableModel(this))
    , m_table(new TableView(this))
    , m_empty(new EmptyState(this))
    , m_stack(new QStackedLayout)
    , m_filter(new MessageFilter(clock, m_table, this))
    , m_message(new InlineMessage(this))
    , m_output(new MessageOutput(service, stream, this))
    , m_view(new MessageView(this))
    , m_first(new QPushButton(tr("First"), this))
    , m_older(new QPushButton(tr("Older"), this))
    , m_newer(new QPushButton(tr("Newer"), this))
    , m_last(new QPushButton(tr("Last"), this))
    , m_pause(new QPushButton(tr("Pause"), this))
    , m_refresh(new QPushButton(Icons::icon(Icons::Name::Refresh), tr("Refresh"), this))
    , m_place(new ElidingLabel({}, this))
{
    const QString name = tr("Messages of %1 · %2").arg(stream.name, stream.account);
    setWindowTitle(place.isEmpty() ? name : tr("%1 · %2").arg(name, place));
    setBackgroundRole(QPalette::Window);
    resize(firstSize);
    setMinimumSize(leastSize);
    nameControls();
    layOut();
    connectAll();
    m_filter->setTime(clock.now().addSecs(-secondsBack));
    renewPlace();
    tick();
    renew();
    if (m_service.readAccess())
        m_pager->goToLast();
}

MessageBrowser::~MessageBrowser() = default;

void MessageBrowser::nameControls()
{
    setObjectName(QStringLiteral("messageBrowser"));
    m_table->setObjectName(QStringLiteral("messageTable"));
    m_table->setAccessibleName(tr("Messages"));
    m_empty->setObjectName(QStringLiteral("messageEmpty"));
    m_message->setObjectName(QStringLiteral("messageBrowserMessage"));
    m_message->setClosable(true);
    m_message->hide();
    m_place->setObjectName(QStringLiteral("messagePlaceLabel"));
    setTextRole(m_place, Look::SoftText);
    m_first->setObjectName(QStringLiteral("firstMessagesButton"));
    m_first->setToolTip(tr("The oldest messages that are there (Home)"));
    m_older->setObjectName(QStringLiteral("olderMessagesButton"));
    m_older->setToolTip(tr("The messages before these (Page Up)"));
    m_newer->setObjectName(QStringLiteral("newerMessagesButton"));
    m_newer->setToolTip(tr("The messages after these (Page Down)"));
    m_last->setObjectName(QStringLiteral("lastMessagesButton"));
    m_last->setToolTip(tr("The newest messages (End)"));
    m_pause->setObjectName(QStringLiteral("pauseMessagesButton"));
    m_pause->setCheckable(true);
    m_pause->setToolTip(tr("Keep what is shown; going on begins where it was paused"));
    m_refresh->setObjectName(QStringLiteral("refreshMessagesButton"));
    m_refresh->setToolTip(tr("Read this page again (F5)"));
    m_refresh->setShortcut(QKeySequence::Refresh);
}

void MessageBrowser::layOut()
{
    auto *split = new PanelSplit(listPart(), QStringLiteral("messages/panelWidth"), this);
    split->addPanel(m_view);
    split->showPanel(m_view);
    auto *pages = new QHBoxLayout;
    pages->setSpacing(Look::spaceS);
    for (QPushButton *button : {m_first, m_older, m_newer, m_last, m_pause, m_refresh})
        pages->addWidget(button);
    pages->addSpacing(Look::spaceS);
    pages->addWidget(m_place, 1);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Look::pageMargin, Look::pageMargin, Look::pageMargin, Look::pageMargin);
    all->setSpacing(Look::cardGap);
    all->addWidget(m_filter);
    all->addWidget(m_message);
    all->addWidget(m_output);
    all->addWidget(split, 1);
    all->addLayout(pages);
}

QWidget *MessageBrowser::listPart()
{
    auto *card = new Card({}, this);
    card->setBodyFlush(true);
    card->layout()->setContentsMargins(0, 1, 0, 0);
    card->body()->addLayout(m_stack);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_table->setModel(m_model);
    m_table->setSortingEnabled(false); // a page that is sorted by anything else would have gaps
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->setSettingsKey(QStringLiteral("messages/columns"));
    m_table->setStretchColumn(MessageTableModel::PayloadColumn);
    m_table->setMenuBuilder([this](QMenu *menu, const QModelIndex &) { addActions(menu); });
    m_table->installEventFilter(this);
    auto *widths = new ColumnWidths(m_table, QStringLiteral("messages/sizedColumns"));
    widths->setColumns({MessageTableModel::PayloadColumn, leastPayload,
        {MessageTableModel::HeadersColumn, MessageTableModel::SizeColumn}, {MessageTableModel::SubjectColumn}});
    connect(m_model, &KeyedTableModel::contentChanged, widths, &ColumnWidths::fit);
    return card;
}

void MessageBrowser::connectAll()
{
    connect(m_pager, &MessagePager::changed, this, &MessageBrowser::renew);
    connect(m_pager, &MessagePager::arrived, this, &MessageBrowser::land);
    connect(m_filter, &MessageFilter::subjectChanged, m_pager, &MessagePager::setSubject);
    connect(m_filter, &MessageFilter::sequenceWanted, m_pager, &MessagePager::goToSequence);
    connect(m_filter, &MessageFilter::timeWanted, m_pager, &MessagePager::goToTime);
    connect(m_filter, &MessageFilter::liveToggled, m_pager, &MessagePager::setLive);
    connect(m_filter->publishButton(), &QPushButton::clicked, this, &MessageBrowser::showPublishing);
    connect(m_filter->exportButton(), &QPushButton::clicked, this, &MessageBrowser::askToExport);
    connect(m_first, &QPushButton::clicked, m_pager, &MessagePager::goToFirst);
    connect(m_older, &QPushButton::clicked, m_pager, &MessagePager::goToOlder);
    connect(m_newer, &QPushButton::clicked, m_pager, &MessagePager::goToNewer);
    connect(m_last, &QPushButton::clicked, m_pager, &MessagePager::goToLast);
    connect(m_refresh, &QPushButton::clicked, m_pager, &MessagePager::reload);
    connect(m_pause, &QPushButton::toggled, this, [this](bool isPaused) {
        if (m_pager->tail())
            m_pager->tail()->setPaused(isPaused);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &MessageBrowser::followSelection);
    connect(m_view, &MessageView::saveRequested, this, [this] { m_output->savePayload(*m_view->message()); });
    connect(m_view, &MessageView::deleteRequested, this, &MessageBrowser::askToDelete);
    connect(m_output, &MessageOutput::runningChanged, this, &MessageBrowser::renewAccess);
    connect(&m_service, &MessageService::accessChanged, this, &MessageBrowser::renewAccess);
    connect(&m_service, &MessageService::streamsChanged, this, &MessageBrowser::renewPlace);
}

void MessageBrowser::renew()
{
    const QScrollBar *bar = m_table->verticalScrollBar();
    const bool isAtEnd = bar->value() == bar->maximum();
    m_model->setMessages(m_pager->messages());
    if (m_pager->tail() && isAtEnd && !m_pager->tail()->isPaused())
        m_table->scrollToBottom();
    m_filter->setLive(m_pager->tail() != nullptr);
    const std::optional<Error> &problem = m_pager->tail() ? m_pager->tail()->problem() : m_pager->problem();
    if (problem)
        m_message->showStanding(Tone::Bad, tr("The messages could not be read"), problem->summary, problem->detail);
    else if (m_message->tone() == Tone::Bad)
        m_message->hide();
    renewPlace();
}

void MessageBrowser::renewPlace()
{
    const Access access = m_service.readAccess();
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
    if (!access)
        m_empty->setContent(Icons::Name::Lock, tr("These messages can't be seen here"), access.reason);
    else if (m_pager->isReading())
        m_empty->setContent(Icons::Name::Clock, tr("Reading…"), {});
    else if (m_pager->tail())
        m_empty->setContent(
            Icons::Name::Clock, tr("Waiting for messages"), tr("What comes into the stream from now on appears here."));
    else if (m_pager->problem())
        m_empty->setContent(Icons::Name::Alert, tr("Nothing was read"), tr("Refresh tries it again."));
    else
        m_empty->setContent(Icons::Name::Stream, tr("No messages"), nothingText());
    if (const std::optional<Stream> stream = m_service.stream(m_stream))
        m_filter->setSubjects(stream->subjects());
    m_place->setText(m_pager->tail() ? liveText() : placeText());
    renewButtons();
    renewAccess();
}

QString MessageBrowser::nothingText() const
{
    const std::optional<Stream> stream = m_service.stream(m_stream);
    if (stream && stream->messages == 0)
        return tr("The stream is empty. What is published to its subjects is stored in it.");
    if (!m_pager->subject().isEmpty())
        return tr("The stream holds none on %1 from there on.").arg(m_pager->subject());
    return tr("The stream holds none from there on.");
}

QString MessageBrowser::placeText() const
{
    const QList<StreamMessage> &shown = m_pager->messages();
    const std::optional<Stream> stream = m_service.stream(m_stream);
    QStringList parts;
    if (!shown.isEmpty())
        parts.append(tr("%1: %2").arg(shown.size() == 1 ? tr("1 message") : tr("%1 messages").arg(shown.size()),
            rangeText(shown.constFirst().sequence, shown.constLast().sequence)));
    if (stream)
        parts.append(tr("the stream holds %1").arg(numberText(stream->messages)));
    else
        parts.append(tr("the stream is not there any more"));
    if (m_pager->isReading())
        parts.append(tr("reading…"));
    return parts.join(QStringLiteral(" · "));
}

QString MessageBrowser::liveText() const
{
    const MessageTail &tail = *m_pager->tail();
    QStringList parts{tail.isPaused() ? tr("Paused") : tr("Live"),
        counted(tail.messages().size(), tr("1 message"), tr("%1 messages"))};
    if (tail.givenUp() > 0)
        parts.append(tr("%1 older ones gave way").arg(numberText(tail.givenUp())));
    if (tail.passedOver() > 0)
        parts.append(
            tr("%1 sequences passed over: they come faster than they are read").arg(numberText(tail.passedOver())));
    return parts.join(QStringLiteral(" · "));
}

void MessageBrowser::renewButtons()
{
    const MessagePage &page = m_pager->page();
    const bool isLive = m_pager->tail() != nullptr;
    const Access access = m_service.readAccess();
    const QString live = isLive ? tr("Turn Live off first.") : access.reason;
    const std::optional<Stream> stream = m_service.stream(m_stream);
    const quint64 last = page.messages.isEmpty() ? 0 : page.messages.constLast().sequence;
    const bool hasNewer = page.hasAfter || (last > 0 && stream && stream->lastSequence > page.lastSequence);
    setDisabledReason(m_first, live);
    setDisabledReason(m_last, live);
    setDisabledReason(m_refresh, live);
    setDisabledReason(m_older, !live.isEmpty() ? live : page.hasBefore ? QString() : tr("These are the oldest."));
    setDisabledReason(m_newer, !live.isEmpty() ? live : hasNewer ? QString() : tr("These are the newest."));
    m_pause->setVisible(isLive);
    m_refresh->setVisible(!isLive);
    if (!isLive)
        m_pause->setChecked(false);
    m_filter->setReadAccess(access);
}

void MessageBrowser::renewAccess()
{
    const std::optional<Stream> stream = m_service.stream(m_stream);
    const Access gone = Access::no(tr("The stream is not there any more."));
    setAccess(m_filter->publishButton(), stream ? m_service.publishAccess(*stream) : gone);
    const Access reading = m_service.readAccess();
    setAccess(m_filter->exportButton(),
        reading && m_output->isRunning() ? Access::no(tr("An export is under way.")) : reading);
    Access removing = stream ? m_service.deleteAccess(*stream) : gone;
    if (m_removal.isAsked())
        removing = Access::no(tr("A message is being deleted."));
    m_view->setDeleteAccess(removing);
}

void MessageBrowser::land(bool atNewest)
{
    renew();
    if (m_model->rowCount() == 0)
        return followSelection();
    const int row = atNewest ? m_model->rowCount() - 1 : 0;
    m_table->selectRow(row);
    m_table->setCurrentIndex(m_model->index(row, 0));
    m_table->scrollTo(m_model->index(row, 0));
    if (!std::exchange(m_hasLanded, true))
        m_table->setFocus(Qt::OtherFocusReason);
    followSelection();
}

void MessageBrowser::followSelection()
{
    const QModelIndex current = m_table->currentIndex();
    m_view->setMessage(current.isValid() ? m_model->rowAt(current.row()).message : nullptr);
    renewAccess();
}

bool MessageBrowser::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        if (turnPage(static_cast<QKeyEvent *>(event)->key()))
            return true;
    }
    return QWidget::eventFilter(watched, event);
}

/// At the end of a page the keys that go along rows go on to the next one.
bool MessageBrowser::turnPage(int key)
{
    const int row = m_table->currentIndex().row();
    const bool isTop = row <= 0;
    const bool isBottom = row == m_model->rowCount() - 1;
    QPushButton *button = nullptr;
    if (key == Qt::Key_Home)
        button = m_first;
    else if (key == Qt::Key_End)
        button = m_last;
    else if ((key == Qt::Key_Up || key == Qt::Key_PageUp) && isTop)
        button = m_older;
    else if ((key == Qt::Key_Down || key == Qt::Key_PageDown) && isBottom)
        button = m_newer;
    else if (key == Qt::Key_Delete)
        askToDelete();
    if (!button || !button->isEnabled() || m_pager->isReading())
        return key == Qt::Key_Delete;
    button->click();
    return true;
}

/// What is being saved goes on until it is whole or a person stops it, and what was entered to be published stays.
void MessageBrowser::closeEvent(QCloseEvent *event)
{
    if (m_output->isRunning()) {
        m_message->setMessage(
            Tone::Neutral, tr("Messages are being exported. Wait until that is over, or stop it, then close."));
        m_message->show();
        return event->ignore();
    }
    setAttribute(Qt::WA_DeleteOnClose, !m_publishing);
    m_pager->setLive(false);
    QWidget::closeEvent(event);
}

void MessageBrowser::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void MessageBrowser::tick()
{
    const int first = m_table->rowAt(0);
    const int last = m_table->rowAt(m_table->viewport()->height() - 1);
    m_model->setNow(m_clock.now(), first, last < 0 ? m_model->rowCount() - 1 : last);
    m_view->setNow(m_clock.now());
    m_nextTick = m_clock.sleep(1s);
    m_nextTick.then(this, [this](const Result<void> &) { tick(); });
}
