// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/examplesview.h"

#include "widgets/common/painting.h"
#include "widgets/connection/snippetbox.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

ExamplesView::ExamplesView(int labelWidth, QWidget *parent)
    : QWidget(parent)
    , m_topic(new QComboBox(this))
    , m_layout(new QVBoxLayout(this))
{
    m_topic->setObjectName(QStringLiteral("exampleTopicCombo"));
    auto *label = new QLabel(tr("Client"), this);
    label->setBuddy(m_topic);
    label->setFixedWidth(labelWidth);
    setTextRole(label, Look::SoftText);
    auto *line = new QHBoxLayout;
    line->setSpacing(Look::spaceS);
    line->addWidget(label);
    line->addWidget(m_topic, 1);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Look::spaceM);
    m_layout->addLayout(line);
    connect(m_topic, &QComboBox::currentIndexChanged, this, &ExamplesView::renewBoxes);
}

void ExamplesView::setExamples(const QList<ClientExample> &examples)
{
    if (examples == m_examples)
        return;
    m_examples = examples;
    const QString chosen = m_topic->currentText();
    {
        const QSignalBlocker blocker(m_topic);
        m_topic->clear();
        for (const ClientExample &example : examples) {
            if (m_topic->findText(example.topic) < 0)
                m_topic->addItem(example.topic);
        }
        m_topic->setCurrentIndex(std::max(0, m_topic->findText(chosen)));
    }
    renewBoxes();
}

void ExamplesView::renewBoxes()
{
    QList<ClientExample> shown;
    std::copy_if(m_examples.cbegin(), m_examples.cend(), std::back_inserter(shown),
        [topic = m_topic->currentText()](const ClientExample &example) { return example.topic == topic; });
    while (m_boxes.size() > shown.size())
        delete m_boxes.takeLast();
    while (m_boxes.size() < shown.size()) {
        m_boxes.append(new SnippetBox(this));
        m_layout->addWidget(m_boxes.last());
    }
    for (int i = 0; i < shown.size(); ++i)
        m_boxes[i]->setExample(shown[i]);
}
