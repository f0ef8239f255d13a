// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/secretrow.h"

#include "widgets/common/copiedsign.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/sessionlock.h"
#include "widgets/common/wrappinglabel.h"

#include <QContextMenuEvent>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

#include <utility>

namespace {
constexpr int maskLength = 14; // stands on one line of a narrow panel
} // namespace

SecretRow::SecretRow(const QString &label, QWidget *parent)
    : QWidget(parent)
    , m_label(new QLabel(this))
    , m_value(new WrappingLabel(this))
    , m_reveal(new QToolButton(this))
    , m_copy(new QToolButton(this))
{
    m_label->setTextFormat(Qt::PlainText);
    setTextRole(m_label, Look::SoftText);
    m_value->setObjectName(QStringLiteral("valueLabel"));
    m_reveal->setObjectName(QStringLiteral("revealButton"));
    m_reveal->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copy->setObjectName(QStringLiteral("copyButton"));
    m_copy->setIcon(Icons::icon(Icons::Name::Copy));
    for (QToolButton *button : {m_reveal, m_copy})
        button->setAutoRaise(true);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 1);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(m_label);
    layout->addWidget(m_value, 1, Qt::AlignVCenter);
    layout->addWidget(m_reveal);
    layout->addWidget(m_copy);
    setMinimumHeight(Look::rowHeight);
    setLabelWidth(124);
    setLabel(label);
    renewLook();
    renew();
    m_hideTimer.setSingleShot(true);
    connect(&m_hideTimer, &QTimer::timeout, this, [this] { setRevealed(false); });
    connect(m_reveal, &QToolButton::clicked, this, [this] {
        if (m_onDemand && m_secret.isEmpty())
            want(Want::Reveal);
        else
            setRevealed(!m_revealed);
    });
    connect(m_copy, &QToolButton::clicked, this, &SecretRow::copy);
}

void SecretRow::setLabel(const QString &label)
{
    m_label->setText(label);
    m_copy->setAccessibleName(tr("Copy %1").arg(label));
    m_copy->setToolTip(tr("Copy without showing"));
    setAccessibleName(label);
    renew();
}

void SecretRow::setSecret(const SecretString &secret)
{
    if (m_secret == secret)
        return;
    if (!secret.isEmpty())
        m_trace.begin();
    m_secret = secret;
    if (m_revealed)
        setRevealed(false);
    renew();
    const Want wanted = std::exchange(m_want, Want::Nothing);
    if (wanted == Want::Reveal)
        setRevealed(true);
    else if (wanted == Want::Copy)
        copy();
}

void SecretRow::setOnDemand(bool onDemand)
{
    m_onDemand = onDemand;
    renew();
}

void SecretRow::setAccess(const Access &access)
{
    m_access = access;
    renew();
}

void SecretRow::want(Want what)
{
    m_trace.begin();
    connect(&SessionLock::instance(), &SessionLock::locked, this, &SecretRow::conceal, Qt::UniqueConnection);
    m_want = what;
    renew();
    emit secretWanted();
}

void SecretRow::forget()
{
    m_want = Want::Nothing;
    setRevealed(false);
    m_secret = {};
    renew();
    m_trace.end();
}

void SecretRow::conceal()
{
    if (m_onDemand)
        forget();
    setRevealed(false);
}

void SecretRow::setRevealed(bool revealed)
{
    revealed = revealed && !m_secret.isEmpty();
    m_hideTimer.stop();
    if (revealed) {
        m_hideTimer.start(m_hideAfter);
        connect(&SessionLock::instance(), &SessionLock::locked, this, &SecretRow::conceal, Qt::UniqueConnection);
    }
    if (m_revealed == revealed)
        return;
    m_revealed = revealed;
    if (m_onDemand && !revealed)
        m_secret = {};
    renew();
    if (m_secret.isEmpty())
        m_trace.end();
}

void SecretRow::setHideAfter(std::chrono::milliseconds hideAfter)
{
    m_hideAfter = hideAfter;
}

void SecretRow::setLabelWidth(int width)
{
    m_label->setFixedWidth(width);
    m_label->setVisible(width > 0);
}

void SecretRow::setLineBelow(bool line)
{
    m_lineBelow = line;
    update();
}

void SecretRow::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    renew();
}

void SecretRow::copy()
{
    if (!m_access)
        return;
    if (m_onDemand && m_secret.isEmpty())
        return want(Want::Copy);
    if (m_secret.isEmpty())
        return;
    copySecret(m_secret, m_hideAfter);
    if (m_onDemand && !m_revealed)
        forget();
    showCopied(m_copy,
        tr("Copied; the clipboard forgets it in %1 s")
            .arg(std::chrono::duration_cast<std::chrono::seconds>(m_hideAfter).count()));
    emit copied();
}

QString SecretRow::shownText() const
{
    if (m_revealed)
        return m_secret.reveal();
    if (isWanted())
        return tr("Being read\u2026");
    if (!m_placeholder.isEmpty() && m_secret.isEmpty())
        return m_placeholder;
    return m_secret.isEmpty() && !m_onDemand ? QString() : QString(maskLength, QChar(0x2022));
}

void SecretRow::renew()
{
    const bool hasSecret = m_onDemand || !m_secret.isEmpty();
    m_value->setText(shownText());
    // Without a name of its own the value is read out, as it was asked for.
    m_value->setAccessibleName(hasSecret && !m_revealed ? tr("%1, hidden").arg(m_label->text()) : QString());
    m_reveal->setText(m_revealed ? tr("Hide") : tr("Reveal"));
    // a generated password fits beside it then
    m_reveal->setToolButtonStyle(m_revealed ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    m_reveal->setToolTip(m_revealed ? tr("Hide") : QString());
    m_reveal->setAccessibleName(tr("%1 %2").arg(m_reveal->text(), m_label->text()));
    m_reveal->setIcon(Icons::icon(m_revealed ? Icons::Name::EyeOff : Icons::Name::Eye));
    for (QToolButton *button : {m_reveal, m_copy}) {
        ::setAccess(button, m_access);
        button->setEnabled(hasSecret && m_access);
    }
}

void SecretRow::renewLook()
{
    m_value->setFont(Look::fixedFont());
}

void SecretRow::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *action = menu->addAction(tr("Copy without showing"), QKeySequence::Copy, this, &SecretRow::copy);
    action->setEnabled(m_copy->isEnabled());
    menu->popup(event->globalPos());
}

void SecretRow::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else
        QWidget::keyPressEvent(event);
}

void SecretRow::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    conceal();
}

void SecretRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        renewLook();
    if (event->type() == QEvent::ActivationChange && !isActiveWindow())
        setRevealed(false);
}

void SecretRow::paintEvent(QPaintEvent *)
{
    if (!m_lineBelow)
        return;
    QPainter painter(this);
    paintHairline(painter, 0, width(), height() - 1, Look::color(Look::FaintLine));
}
