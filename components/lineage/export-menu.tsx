'use client';

import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { exportSize, formatGraphSvg } from '@/components/graph/format-graph-svg';
import type { PositionedGraph } from '@/lib/shared/graph-model';

/** Canvases beyond this are refused by browsers. */
const MAX_SIDE_PX = 8_000;

/** The whole graph as a file, drawn from the same positions, in the colours of the page. */
export function ExportMenu({ graph }: { graph: PositionedGraph }) {
  const svg = () => {
    const style = getComputedStyle(document.documentElement);
    return formatGraphSvg(graph, (name) => style.getPropertyValue(name).trim());
  };
  const exportPng = async () => {
    try {
      save(await toPng(svg(), exportSize(graph)), 'lineage.png');
    } catch (error) {
      notifications.show({
        color: 'red',
        title: 'The picture could not be made',
        message: `${error instanceof Error ? error.message : 'The browser refused it.'} Export as SVG instead.`,
      });
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save(new Blob([svg()], { type: 'image/svg+xml' }), 'lineage.svg')}>As SVG</Menu.Item>
        <Menu.Item onClick={() => void exportPng()}>As PNG</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function toPng(svg: string, { width, height }: { width: number; height: number }): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(2, MAX_SIDE_PX / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The graph is too large for one picture.');
  return blob;
}
