// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/factlist.h"

#include "widgets/common/elidinglabel.h"
#include "widgets/common/painting.h"

#include <QGridLayout>
#include <QLabel>

FactList::FactList(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(Look::spaceL);
    m_layout->setVerticalSpacing(Look::spaceS);
    m_layout->setColumnStretch(1, 1);
}

void FactList::setFacts(const QList<Fact> &facts)
{
    while (m_labels.size() > facts.size()) {
        delete m_labels.takeLast();
        delete m_values.takeLast();
    }
    for (int i = 0; i < facts.size(); ++i) {
        if (i == m_labels.size()) {
            m_labels.append(new QLabel(this));
            m_labels[i]->setTextFormat(Qt::PlainText);
            setTextRole(m_labels[i], Look::SoftText);
            m_values.append(new ElidingLabel({}, this));
            m_values[i]->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
            m_values[i]->setElideMode(Qt::ElideMiddle);
            m_layout->addWidget(m_labels[i], i, 0);
            m_layout->addWidget(m_values[i], i, 1);
        }
        m_labels[i]->setText(facts[i].label);
        m_values[i]->setText(facts[i].value);
        m_values[i]->setAccessibleName(QStringLiteral("%1: %2").arg(facts[i].label, facts[i].value));
    }
}
