// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/pausedialog.h"

#include "models/celltext.h"
#include "services/base/clock.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/wrappinglabel.h"

#include <QDateTimeEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

constexpr int dialogWidth = 520;
constexpr int quarter = 15 * 60;
constexpr int hour = 3600;
constexpr int day = 24 * hour;
constexpr int untilTime = 0; // as entered

} // namespace

PauseDialog::PauseDialog(const Consumer &consumer, Clock &clock, QWidget *parent)
    : QuestionDialog(tr("Pause the consumer %1").arg(consumer.id.name), {}, parent)
    , m_clock(clock)
    , m_length(new SegmentedChoice(this))
    , m_time(new QDateTimeEdit(clock.now().toLocalTime().addSecs(hour), this))
    , m_timeField(new Field(tr("&Until"), m_time, this))
    , m_meaning(new WrappingLabel(this))
    , m_pause(new QPushButton(tr("&Pause"), this))
    , m_cancel(new QPushButton(tr("&Cancel"), this))
{
    setObjectName(QStringLiteral("pauseDialog"));
    m_length->setObjectName(QStringLiteral("pauseLengthChoice"));
    m_time->setObjectName(QStringLiteral("pauseTimeEdit"));
    m_meaning->setObjectName(QStringLiteral("pauseMeaningLabel"));
    m_pause->setObjectName(QStringLiteral("confirmPauseButton"));
    m_cancel->setObjectName(QStringLiteral("cancelPauseButton"));
    m_time->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_time->setCalendarPopup(true);
    m_pause->setProperty("primary", true);
    for (QPushButton *button : {m_pause, m_cancel})
        button->setAutoDefault(false);
    setMinimumWidth(dialogWidth);
    layOut(consumer);
    connect(m_length, &SegmentedChoice::currentChanged, this, &PauseDialog::renew);
    connect(m_time, &QDateTimeEdit::dateTimeChanged, this, &PauseDialog::renew);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_pause, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT confirmed(until()); });
    renew();
}

void PauseDialog::layOut(const Consumer &consumer)
{
    m_length->addChoice(tr("15 minutes"), quarter);
    m_length->addChoice(tr("1 hour"), hour);
    m_length->addChoice(tr("1 day"), day);
    m_length->addChoice(tr("Until a time"), untilTime);
    m_length->setCurrentIndex(1);
    m_meaning->setText(tr("Nothing is delivered until then; %1 messages are pending. Acknowledgements are still taken, "
                          "and what comes into the stream stays there. It can be resumed at any time.")
                           .arg(numberText(consumer.pending)));
    body()->addWidget(new Field(tr("For how &long"), m_length, this));
    body()->addWidget(m_timeField);
    body()->addWidget(m_meaning);
    addButtons(m_cancel, m_pause);
}

void PauseDialog::setAccess(const Access &access)
{
    m_access = access;
    renew();
}

QDateTime PauseDialog::until() const
{
    const int seconds = m_length->currentData().toInt();
    return seconds == untilTime ? m_time->dateTime().toUTC() : m_clock.now().toUTC().addSecs(seconds);
}

void PauseDialog::renew()
{
    const bool isTimeAsked = m_length->currentData().toInt() == untilTime;
    const QString problem = until() <= m_clock.now().toUTC() ? tr("Enter a time to come.") : QString();
    m_timeField->setVisible(isTimeAsked);
    m_timeField->setError(problem);
    m_timeField->setHint(tr("In the time zone of this workstation."));
    ::setAccess(m_pause, m_access && !problem.isEmpty() ? Access::no(problem) : m_access);
}
