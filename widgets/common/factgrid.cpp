// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/factgrid.h"

#include "widgets/common/elidinglabel.h"
#include "widgets/common/look.h"
#include "widgets/common/painting.h"
#include "widgets/common/plaintooltip.h"

#include <QGridLayout>
#include <QLabel>

FactGrid::FactGrid(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(Look::spaceM);
    m_layout->setVerticalSpacing(Look::spaceM);
    m_layout->setColumnStretch(0, 1);
    m_layout->setColumnStretch(1, 1);
}

void FactGrid::setFacts(const QList<Fact> &facts)
{
    if (facts == m_facts)
        return;
    m_facts = facts;
    while (m_cells.size() < facts.size())
        addCell();
    for (qsizetype i = 0; i < m_cells.size(); ++i) {
        const bool isUsed = i < facts.size();
        m_cells[i].whole->setVisible(isUsed);
        if (!isUsed)
            continue;
        m_cells[i].caption->setText(facts[i].caption);
        m_cells[i].value->setText(facts[i].value);
        m_cells[i].whole->setToolTip(plainToolTip(facts[i].toolTip));
        m_cells[i].value->setAccessibleName(QStringLiteral("%1: %2").arg(facts[i].caption, facts[i].value));
    }
}

QString FactGrid::value(const QString &caption) const
{
    for (const Fact &fact : m_facts) {
        if (fact.caption == caption)
            return fact.value;
    }
    return {};
}

void FactGrid::addCell()
{
    auto *whole = new QWidget(this);
    Cell cell{whole, new QLabel(whole), new ElidingLabel({}, whole)};
    cell.caption->setFont(Look::captionFont());
    setTextRole(cell.caption, Look::SoftText);
    cell.value->setFont(Look::nameFont());
    auto *layout = new QVBoxLayout(whole);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(cell.caption);
    layout->addWidget(cell.value);
    const int number = int(m_cells.size());
    m_layout->addWidget(whole, number / 2, number % 2);
    m_cells.append(cell);
}
