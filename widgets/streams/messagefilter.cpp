// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/messagefilter.h"

#include "services/base/clock.h"
#include "services/domain/subject.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/filterbox.h"
#include "widgets/common/flowlayout.h"
#include "widgets/common/icons.h"
#include "widgets/common/numbertext.h"
#include "widgets/common/painting.h"
#include "widgets/common/plaintooltip.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/switch.h"
#include "widgets/common/typinglimit.h"
#include "widgets/common/wrappinglabel.h"

#include <QDateTimeEdit>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <limits>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds typingEndsAfter = 500ms;
constexpr int subjectWidth = 240;
constexpr int whereWidth = 176;
constexpr int longestDate = 40;

enum By { BySequence, ByTime };

} // namespace

MessageFilter::MessageFilter(Clock &clock, QAbstractItemView *rows, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_subject(new FilterBox(tr("All subjects"), this))
    , m_by(new SegmentedChoice(this))
    , m_where(new QStackedWidget(this))
    , m_sequence(new QLineEdit(m_where))
    , m_time(new QDateTimeEdit(m_where))
    , m_go(new QPushButton(tr("Go"), this))
    , m_live(new Switch(tr("Live"), this))
    , m_publish(new QPushButton(tr("Publish…"), this))
    , m_export(new QPushButton(Icons::icon(Icons::Name::Download), tr("Export…"), this))
    , m_problem(new WrappingLabel(this))
{
    m_subject->setRows(rows);
    setUpWhere();
    setUpActions();
    layOut();
    connect(m_subject, &QLineEdit::textChanged, this, &MessageFilter::renewSubject);
    m_subject->installEventFilter(this);
    connect(m_by, &SegmentedChoice::currentChanged, m_where, &QStackedWidget::setCurrentIndex);
    connect(m_sequence, &QLineEdit::returnPressed, this, &MessageFilter::go);
    connect(m_go, &QPushButton::clicked, this, &MessageFilter::go);
    connect(m_live, &Switch::toggled, this, &MessageFilter::liveToggled);
}

void MessageFilter::setUpWhere()
{
    m_subject->setObjectName(QStringLiteral("messageSubjectEdit"));
    m_subject->setShortcut(QKeySequence::Find);
    m_subject->setFont(Look::fixedFont());
    m_subject->setFixedWidth(subjectWidth);
    limitTyping(m_subject);
    m_by->setObjectName(QStringLiteral("messageWhereChoice"));
    m_by->setAccessibleName(tr("Go to"));
    m_by->addChoice(tr("Sequence"), BySequence);
    m_by->addChoice(tr("Time"), ByTime);
    m_by->setCurrentIndex(0);
    m_sequence->setObjectName(QStringLiteral("messageSequenceEdit"));
    m_sequence->setAccessibleName(tr("Sequence"));
    m_sequence->setPlaceholderText(tr("That one, or the next"));
    limitTyping(m_sequence);
    m_time->setObjectName(QStringLiteral("messageTimeEdit"));
    m_time->setAccessibleName(tr("Stored at or after"));
    m_time->setToolTip(tr("The first message that was stored then or later, in the time of this workstation"));
    m_time->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_time->setCalendarPopup(true);
    limitTyping(m_time->findChild<QLineEdit *>(), longestDate);
}

void MessageFilter::setUpActions()
{
    m_go->setObjectName(QStringLiteral("goToMessageButton"));
    m_go->setToolTip(tr("Show the messages from there on (Return)"));
    m_live->setObjectName(QStringLiteral("liveMessagesSwitch"));
    m_live->setToolTip(tr("Follow what comes into the stream. No consumer is made for it."));
    m_publish->setObjectName(QStringLiteral("publishMessageButton"));
    m_publish->setToolTip(tr("Publish a message to this stream"));
    m_export->setObjectName(QStringLiteral("exportMessagesButton"));
    m_export->setToolTip(tr("Save messages to a file, one JSON document a line"));
    m_problem->setObjectName(QStringLiteral("messageFilterProblem"));
    m_problem->hide();
}

void MessageFilter::layOut()
{
    setTextRole(m_problem, Look::Bad);
    m_where->addWidget(m_sequence);
    m_where->addWidget(m_time);
    m_where->setFixedSize(whereWidth, Look::controlHeight);
    auto *row = new QWidget(this);
    auto *flow = new FlowLayout(row);
    flow->setSpacing(Look::spaceS);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_subject, m_by, m_where, m_go, m_live})
        flow->addWidget(widget);
    flow->startTrailing();
    flow->addWidget(m_export);
    flow->addWidget(m_publish);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(Look::spaceXs);
    all->addWidget(row);
    all->addWidget(m_problem);
}

void MessageFilter::setSubjects(const QStringList &subjects)
{
    m_subject->setToolTip(
        plainToolTip(subjects.isEmpty() ? tr("A subject, with * and > for words of any kind")
                                        : tr("A subject, with * and > for words of any kind. The stream takes %1.")
                                              .arg(subjects.mid(0, 10).join(QStringLiteral(", ")))));
}

void MessageFilter::setTime(const QDateTime &time)
{
    m_time->setDateTime(time.toLocalTime());
}

void MessageFilter::setLive(bool isLive)
{
    const QSignalBlocker quiet(m_live);
    m_live->setChecked(isLive);
}

void MessageFilter::setReadAccess(const Access &access)
{
    for (QWidget *control : std::initializer_list<QWidget *>{m_subject, m_by, m_sequence, m_time, m_go, m_live})
        setAccess(control, access);
}

QString MessageFilter::subject() const
{
    return m_subject->text().trimmed();
}

void MessageFilter::renewSubject()
{
    const QString problem = subject().isEmpty() ? QString() : subjectProblem(subject());
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_typing.drop();
    if (!problem.isEmpty())
        return;
    m_typing = m_clock.sleep(typingEndsAfter);
    m_typing.then(this, [this](const Result<void> &) { applySubject(); });
}

void MessageFilter::applySubject()
{
    m_typing.drop();
    if (subject().isEmpty() || subjectProblem(subject()).isEmpty())
        Q_EMIT subjectChanged(subject());
}

void MessageFilter::go()
{
    if (m_by->currentData().toInt() == ByTime)
        return Q_EMIT timeWanted(m_time->dateTime().toUTC());
    const TypedNumber typed = readNumber(m_sequence->text(), std::numeric_limits<qint64>::max(), false);
    const bool isSequence = typed.value && *typed.value > 0;
    m_problem->setText(isSequence ? QString() : tr("Enter a sequence, a whole number."));
    m_problem->setVisible(!isSequence);
    if (isSequence)
        Q_EMIT sequenceWanted(quint64(*typed.value));
}

/// The box itself takes Return for the way to the rows.
bool MessageFilter::eventFilter(QObject *watched, QEvent *event)
{
    const auto *press = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent *>(event) : nullptr;
    if (watched == m_subject && press && (press->key() == Qt::Key_Return || press->key() == Qt::Key_Enter))
        applySubject();
    return QWidget::eventFilter(watched, event);
}

void MessageFilter::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && m_time->hasFocus())
        return go();
    QWidget::keyPressEvent(event);
}
