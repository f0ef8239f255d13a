// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/steprail.h"

#include "widgets/common/icons.h"
#include "widgets/common/painting.h"

#include <QPainter>
#include <QStyle>

namespace {

constexpr int stackedStepWidth = 210;
constexpr int discSize = 18;

QFont numberFont()
{
    QFont font = Look::captionFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

QString spoken(const QList<StepRail::Step> &steps)
{
    QStringList lines;
    for (const StepRail::Step &step : steps)
        lines.append(StepRail::tr("%1: %2").arg(step.title, step.text));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

StepRail::StepRail(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("First steps"));
}

void StepRail::setSteps(const QList<Step> &steps)
{
    if (steps == m_steps)
        return;
    m_steps = steps;
    setAccessibleDescription(spoken(steps));
    updateGeometry();
    update();
}

int StepRail::stepHeight() const
{
    return 2 * QFontMetrics(Look::bodyFont()).height() + 2 * Look::spaceM + 6;
}

bool StepRail::isStacked(int width) const
{
    return width < stackedStepWidth * m_steps.size();
}

QRect StepRail::stepRect(qsizetype index, const QSize &size) const
{
    const qsizetype count = m_steps.size();
    if (isStacked(size.width()))
        return QRect(0, int(index) * stepHeight(), size.width(), stepHeight());
    const int left = int(size.width() * index / count);
    return QStyle::visualRect(layoutDirection(), QRect(QPoint(), size),
        QRect(left, 0, int(size.width() * (index + 1) / count) - left, size.height()));
}

int StepRail::heightForWidth(int width) const
{
    return isStacked(width) ? int(m_steps.size()) * stepHeight() : stepHeight();
}

QSize StepRail::sizeHint() const
{
    return {int(m_steps.size()) * 300, stepHeight()};
}

QSize StepRail::minimumSizeHint() const
{
    return {stackedStepWidth, stepHeight()};
}

void StepRail::paintStep(QPainter *painter, qsizetype index, const QRect &rect) const
{
    const Step &step = m_steps[index];
    const auto visual = [&](const QRect &place) { return QStyle::visualRect(layoutDirection(), rect, place); };
    const QFontMetrics metrics(Look::titleFont());
    const int lineHeight = metrics.height() + 3;
    const int top = rect.top() + (rect.height() - 2 * lineHeight) / 2;
    const QRectF disc =
        visual(QRect(rect.left() + Look::spaceL, top + (lineHeight - discSize) / 2, discSize, discSize));

    const bool isLocked = step.state == State::Locked;
    const Look::Role grounds[] = {Look::GoodGround, Look::AccentGround, Look::Surface};
    const QColor border = isLocked ? Look::color(Look::Line) : QColor();
    paintRounded(*painter, disc, discSize / 2.0, Look::color(grounds[int(step.state)]), border);
    if (step.state == State::Done) {
        Icons::paint(painter, disc.adjusted(3, 3, -3, -3), Icons::Name::Check, Look::color(Look::Good));
    } else {
        painter->setFont(numberFont());
        painter->setPen(Look::color(isLocked ? Look::FaintText : Look::Accent));
        painter->drawText(disc, Qt::AlignCenter, QString::number(index + 1));
    }

    const int left = rect.left() + Look::spaceL + discSize + 10;
    const QRect title(left, top, rect.right() - left - Look::spaceS, lineHeight);
    painter->setFont(Look::titleFont());
    painter->setPen(Look::color(isLocked ? Look::SoftText : Look::Text));
    painter->drawText(visual(title), Qt::AlignVCenter | Qt::TextSingleLine,
        metrics.elidedText(step.title, Qt::ElideRight, title.width()));
    painter->setFont(Look::bodyFont());
    painter->setPen(Look::color(isLocked ? Look::FaintText : Look::SoftText));
    painter->drawText(visual(title.translated(0, lineHeight)), Qt::AlignVCenter | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(step.text, Qt::ElideRight, title.width()));
}

void StepRail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintRounded(painter, rect(), Look::cardRadius, Look::color(Look::Surface), Look::color(Look::Line));
    for (qsizetype i = 0; i < m_steps.size(); ++i) {
        const QRect step = stepRect(i, size());
        paintStep(&painter, i, step);
        if (i == 0)
            continue;
        if (isStacked(width()))
            paintHairline(painter, 1, width() - 1, step.top(), Look::color(Look::Line));
        else
            paintVerticalHairline(painter, layoutDirection() == Qt::LeftToRight ? step.left() : step.right(), 1,
                height() - 1, Look::color(Look::Line));
    }
}
