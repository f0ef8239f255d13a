// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/configurationview.h"

#include "models/configurationrows.h"
#include "widgets/common/copyablerow.h"

#include <QVBoxLayout>

namespace {

constexpr int nameWidth = 140;

} // namespace

ConfigurationView::ConfigurationView(QWidget *parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    m_rows->addStretch();
}

void ConfigurationView::setConfiguration(const QJsonObject &config)
{
    if (config == m_config)
        return;
    m_config = config;
    const QList<ConfigurationRow> rows = configurationRows(config);
    while (m_rows->count() - 1 > rows.size()) {
        const std::unique_ptr<QLayoutItem> last(m_rows->takeAt(m_rows->count() - 2));
        delete last->widget();
    }
    while (m_rows->count() - 1 < rows.size()) {
        auto *row = new CopyableRow({}, {}, this);
        row->setLabelWidth(nameWidth);
        m_rows->insertWidget(m_rows->count() - 1, row);
    }
    for (int i = 0; i < rows.size(); ++i) {
        auto *row = static_cast<CopyableRow *>(m_rows->itemAt(i)->widget());
        row->setLabel(rows[i].name);
        row->setValue(rows[i].value);
        row->setLineBelow(i + 1 < rows.size() && !rows[i + 1].name.isEmpty());
    }
}
