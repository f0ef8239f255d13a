// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/secretfield.h"

#include "widgets/common/icons.h"
#include "widgets/common/look.h"
#include "widgets/common/secretclipboard.h"
#include "widgets/common/secretedit.h"
#include "widgets/common/sessionlock.h"
#include "widgets/common/typinglimit.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QStyle>
#include <QToolButton>

namespace {
constexpr int longestSecret = 1000;
} // namespace

SecretField::SecretField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new SecretEdit(this))
    , m_reveal(new QToolButton(m_edit))
    , m_generate(new QToolButton(m_edit))
{
    limitTyping(m_edit, longestSecret);
    m_edit->setEchoMode(QLineEdit::Password);
    m_edit->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_edit->setObjectName(QStringLiteral("secretEdit"));
    setFocusProxy(m_edit);
    m_generate->setText(tr("Generate"));
    m_generate->setIcon(Icons::icon(Icons::Name::Refresh));
    m_generate->setObjectName(QStringLiteral("generateButton"));
    m_reveal->setObjectName(QStringLiteral("revealButton"));
    for (QToolButton *button : {m_reveal, m_generate}) {
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setCursor(Qt::ArrowCursor);
    }

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit);
    renew();
    m_hideTimer.setSingleShot(true);
    connect(&m_hideTimer, &QTimer::timeout, this, [this] { setRevealed(false); });
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            m_trace.end();
        else
            m_trace.begin();
        Q_EMIT secretChanged();
    });
    connect(m_reveal, &QToolButton::clicked, this, [this] { setRevealed(!isRevealed()); });
    connect(m_generate, &QToolButton::clicked, this, &SecretField::generateRequested);
}

SecretString SecretField::secret() const
{
    return SecretString(m_edit->text());
}

void SecretField::setSecret(const SecretString &secret)
{
    m_edit->setText(secret.reveal());
}

void SecretField::setPlaceholder(const QString &text)
{
    m_edit->setPlaceholderText(text);
}

void SecretField::setRevealed(bool revealed)
{
    m_edit->setEchoMode(revealed ? QLineEdit::Normal : QLineEdit::Password);
    m_hideTimer.stop();
    if (revealed) {
        m_hideTimer.start(secretLife);
        connect(&SessionLock::instance(), &SessionLock::locked, this, &SecretField::conceal, Qt::UniqueConnection);
    }
    renew();
}

void SecretField::conceal()
{
    setRevealed(false);
}

bool SecretField::isRevealed() const
{
    return m_edit->echoMode() == QLineEdit::Normal;
}

void SecretField::setGenerateVisible(bool visible)
{
    m_generate->setVisible(visible);
    placeButtons();
}

void SecretField::renew()
{
    m_reveal->setText(isRevealed() ? tr("Hide") : tr("Reveal"));
    m_reveal->setIcon(Icons::icon(isRevealed() ? Icons::Name::EyeOff : Icons::Name::Eye));
    placeButtons();
}

void SecretField::placeButtons()
{
    int taken = Look::spaceXs;
    for (QToolButton *button : {m_generate, m_reveal}) {
        if (button->isHidden())
            continue;
        const QSize size(button->sizeHint().width(), m_edit->height() - 6);
        const QRect place(m_edit->width() - taken - size.width(), 3, size.width(), size.height());
        button->setGeometry(QStyle::visualRect(layoutDirection(), m_edit->rect(), place));
        taken += size.width();
    }
    const bool isLeftToRight = layoutDirection() == Qt::LeftToRight;
    m_edit->setTextMargins(isLeftToRight ? 0 : taken, 0, isLeftToRight ? taken : 0, 0);
}

void SecretField::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    setRevealed(false);
}

bool SecretField::event(QEvent *event)
{
    // The frame that turns red is the edit's.
    if (event->type() == QEvent::DynamicPropertyChange) {
        m_edit->setProperty("invalid", property("invalid"));
        m_edit->update();
    }
    return QWidget::event(event);
}

void SecretField::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && !isActiveWindow())
        setRevealed(false);
    if (event->type() == QEvent::EnabledChange)
        placeButtons();
}

void SecretField::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeButtons();
}
