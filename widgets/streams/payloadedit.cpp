// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/payloadedit.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QTextDocument>

PayloadEdit::PayloadEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    connect(document(), &QTextDocument::contentsChange, this, [this] { m_payload.reset(); });
}

QByteArray PayloadEdit::payload() const
{
    if (!m_payload)
        m_payload = document()->toRawText().replace(QChar(QChar::ParagraphSeparator), QLatin1Char('\n')).toUtf8();
    return *m_payload;
}

void PayloadEdit::insertFromMimeData(const QMimeData *source)
{
    if (source && source->text().size() > mostPasted)
        return Q_EMIT tooMuchPasted();
    QPlainTextEdit::insertFromMimeData(source);
}

void PayloadEdit::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::InsertLineSeparator))
        return QPlainTextEdit::keyPressEvent(event);
    textCursor().insertBlock(); // it would be another character than the newline that it looks like
    ensureCursorVisible();
}
