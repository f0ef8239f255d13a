// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/snippetbox.h"

#include "widgets/common/copiedsign.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

SnippetBox::SnippetBox(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_note(new QLabel(this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_code(new QPlainTextEdit(this))
{
    m_title->setFont(Look::nameFont());
    m_note->setFont(Look::captionFont());
    m_note->setWordWrap(true);
    setTextRole(m_note, Look::SoftText);
    m_copy->setIcon(Icons::icon(Icons::Name::Copy));
    m_copy->setProperty("flat", true);
    m_copy->setObjectName(QStringLiteral("copyExampleButton"));
    m_code->setObjectName(QStringLiteral("exampleEdit"));
    m_code->setReadOnly(true);
    m_code->document()->setDocumentMargin(Look::spaceS);
    m_code->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_code->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_code->setTabChangesFocus(true);
    m_title->setBuddy(m_code);

    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceXs);
    layout->addLayout(head);
    layout->addWidget(m_code);
    layout->addWidget(m_note);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_code->toPlainText());
        showCopied(m_copy);
    });
}

void SnippetBox::setExample(const ClientExample &example)
{
    m_title->setText(example.title);
    m_note->setText(example.note);
    m_code->setAccessibleName(tr("%1: %2").arg(example.topic, example.title));
    m_copy->setAccessibleName(tr("Copy %1: %2").arg(example.topic, example.title));
    // scroll position and selection survive a refresh that changes nothing
    if (m_code->toPlainText() != example.code)
        m_code->setPlainText(example.code);
    renewHeight();
}

void SnippetBox::renewHeight()
{
    m_code->setFont(Look::fixedFont());
    m_code->setTabStopDistance(4 * m_code->fontMetrics().horizontalAdvance(QLatin1Char(' ')));
    const int lines = m_code->blockCount() * m_code->fontMetrics().lineSpacing();
    const int frame = 2 * (m_code->frameWidth() + int(m_code->document()->documentMargin()));
    m_code->setFixedHeight(lines + frame + style()->pixelMetric(QStyle::PM_ScrollBarExtent));
}

void SnippetBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        renewHeight();
}
