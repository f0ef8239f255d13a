// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/steplist.h"

#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/words.h"

#include <QLocale>
#include <QPainter>
#include <QResizeEvent>
#include <QStyle>

#include <cmath>

namespace {

constexpr int titleHeight = 30;
constexpr int discSize = 18;
constexpr int textLeft = 28;
constexpr int noteGap = 4;

QSize noteSize(const QString &note, int width)
{
    const QFontMetrics metrics(Look::captionFont());
    return metrics.boundingRect(QRect(0, 0, qMax(80, width - textLeft), 100'000), Qt::TextWordWrap, breakable(note))
        .size();
}

void paintDisc(QPainter *painter, const QRect &rect, RuntimeStep::State state)
{
    const double radius = discSize / 2.0;
    const QRectF mark = QRectF(rect).adjusted(3, 3, -3, -3);
    switch (state) {
    case RuntimeStep::State::Waiting:
        paintRounded(*painter, rect, radius, {}, Look::color(Look::Line), 1.2);
        break;
    case RuntimeStep::State::Current:
        paintRounded(*painter, rect, radius, Look::color(Look::AccentGround), {});
        paintRounded(*painter, QRectF(rect).adjusted(6, 6, -6, -6), 3, Look::color(Look::Accent), {});
        break;
    case RuntimeStep::State::Done:
        paintRounded(*painter, rect, radius, Look::color(Look::GoodGround), {});
        Icons::paint(painter, mark, Icons::Name::Check, Look::color(Look::Good));
        break;
    case RuntimeStep::State::Failed:
        paintRounded(*painter, rect, radius, Look::color(Look::BadGround), {});
        Icons::paint(painter, mark, Icons::Name::Cross, Look::color(Look::Bad));
        break;
    }
}

/// What a screen reader says of the whole list.
QString spoken(const QList<RuntimeStep> &steps)
{
    QStringList lines;
    for (const RuntimeStep &step : steps) {
        static const char *const states[] = {QT_TRANSLATE_NOOP("StepList", "%1: waiting"),
            QT_TRANSLATE_NOOP("StepList", "%1: under way"), QT_TRANSLATE_NOOP("StepList", "%1: done"),
            QT_TRANSLATE_NOOP("StepList", "%1: failed")};
        lines.append(StepList::tr(states[int(step.state)]).arg(step.text()));
        if (!step.note.isEmpty())
            lines.append(step.note);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

StepList::StepList(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Steps"));
}

void StepList::setSteps(const QList<Step> &steps)
{
    if (steps == m_steps)
        return;
    m_steps = steps;
    setAccessibleDescription(spoken(steps));
    updateGeometry();
    update();
}

QString StepList::elapsedText(std::chrono::milliseconds elapsed)
{
    const qint64 milliseconds = elapsed.count();
    if (milliseconds < 100)
        return tr("%1 ms").arg(milliseconds);
    if (milliseconds < 9'950)
        return tr("%1 s").arg(QLocale().toString(double(milliseconds) / 1000, 'f', 1));
    const qint64 seconds = (milliseconds + 500) / 1000;
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

int StepList::stepHeight(const Step &step, int width) const
{
    if (step.note.isEmpty() || step.state == RuntimeStep::State::Waiting)
        return titleHeight;
    return titleHeight + noteSize(step.note, width).height() + noteGap;
}

int StepList::heightForWidth(int width) const
{
    int height = 0;
    for (const Step &step : m_steps)
        height += stepHeight(step, width);
    return height;
}

QSize StepList::sizeHint() const
{
    // a layout gives no more height than this, whatever the width takes
    return {480, heightForWidth(testAttribute(Qt::WA_Resized) ? width() : 480)};
}

QSize StepList::minimumSizeHint() const
{
    return {200, titleHeight};
}

void StepList::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
}

void StepList::paintStep(QPainter *painter, const Step &step, const QRect &rect) const
{
    using State = RuntimeStep::State;
    const auto visual = [&](const QRect &place) { return QStyle::visualRect(layoutDirection(), rect, place); };
    const QRect line(rect.left(), rect.top(), rect.width(), titleHeight);
    paintDisc(
        painter, visual(QRect(rect.left(), line.center().y() - discSize / 2 + 1, discSize, discSize)), step.state);

    const bool isCurrent = step.state == State::Current || step.state == State::Failed;
    const QString elapsed = step.elapsed ? elapsedText(*step.elapsed) : QString();
    const int elapsedWidth = int(std::ceil(tabularWidth(Look::captionFont(), elapsed)));
    const QRect title(
        rect.left() + textLeft, line.top(), rect.width() - textLeft - elapsedWidth - Look::spaceM, titleHeight);
    painter->setFont(isCurrent ? Look::titleFont() : Look::bodyFont());
    painter->setPen(Look::color(step.state == State::Waiting ? Look::FaintText : Look::Text));
    painter->drawText(visual(title), Qt::AlignVCenter | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(step.text(), Qt::ElideRight, title.width()));

    painter->setFont(Look::captionFont());
    painter->setPen(Look::color(Look::SoftText));
    const QRect right(rect.right() + 1 - elapsedWidth, line.top(), elapsedWidth, titleHeight);
    paintTabular(*painter, visual(right), Qt::AlignLeft, elapsed);
    if (step.note.isEmpty() || step.state == State::Waiting)
        return;
    const QSize size = noteSize(step.note, rect.width());
    painter->setPen(Look::color(step.state == State::Failed ? Look::Bad : Look::SoftText));
    const QRect note(QPoint(rect.left() + textLeft, line.bottom() - 1), QSize(rect.width() - textLeft, size.height()));
    painter->drawText(visual(note), Qt::TextWordWrap, breakable(step.note));
}

void StepList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    int top = 0;
    for (const Step &step : m_steps) {
        const int height = stepHeight(step, width());
        paintStep(&painter, step, QRect(0, top, width(), height));
        top += height;
    }
}
